// The reactions beyond the six, by kind. Drawn by the system's own font: nothing is fetched. Loaded when somebody asks for more.

const kinds = [
  '😀😄😁😆😅🤣😂🙂😉😊😇🥰😍😘😋😜🤪🤗🤭🤔🤨😐😏🙄😬😌😴🤤😷🤒🥵🥶🤯🤠🥳😎🤓😕😟🙁😯😲😳🥺😨😰😥😢😭😱😖😓😩🥱😤😡🤬💀💩🤡👻🤖',
  '👍👎👌🤌✌🤞🤟🤙👈👉👆👇☝✋🖖👋👏🙌🤝🙏💪👀🧠👶🙋🙅🤷🤦💃🕺',
  '❤🧡💛💚💙💜🖤🤍💔💕💯💥💫💤💬🔥✨⭐🌈☀🌧❄⚡🎉🎊🎁🏆🥇',
  '🐶🐱🦊🐻🐼🐸🐵🐔🐧🦉🦋🐝🐢🐙🦖🐳🦄🌱🌲🌵🍀🌸🌻🍎🍋🍓🍕🍔🍟🍜🍣🍪🍰☕🍵🍺🍷🥂',
  '⚽🏀🚲🚗🚆✈🚀⛵🏔🏕🏠🏝📱💻📷🎵🎸🎨📚✏📌📎🔑🔒💡💰⏰✅❌❓❗',
] as const

/** Every reaction, kind by kind. */
export const moreReactions: readonly (readonly string[])[] = kinds.map((kind) =>
  // The variation selector asks for the coloured picture where a character also has a plain form.
  [...kind].map((emoji) => (/\p{Emoji_Presentation}/u.test(emoji) ? emoji : `${emoji}\ufe0f`)),
)
