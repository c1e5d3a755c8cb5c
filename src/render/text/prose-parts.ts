/** A text for people in its parts, as messages have them: every second one stood in backticks, and is to be typed. */
export const proseParts = (text: string): readonly string[] => text.split(/`([^`]+)`/)
