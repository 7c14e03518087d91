using System.Globalization;
using System.Text;

namespace Connectors.Databricks.Emulator.Text;

/// <summary>Splits text into tokens: words and single punctuation marks, each with its leading whitespace.</summary>
internal static class Tokenizer
{
    public static int Count(string text)
    {
        var count = 0;
        var inWord = false;
        foreach (var rune in text.EnumerateRunes())
        {
            var isWord = IsWord(rune);
            if (isWord ? !inWord : !Rune.IsWhiteSpace(rune))
            {
                count++;
            }

            inWord = isWord;
        }

        return count;
    }

    /// <summary>The pieces join to <paramref name="text"/>; their number is <see cref="Count"/>, or one for blank text.</summary>
    public static IReadOnlyList<string> Split(string text)
    {
        List<string> pieces = [];
        var piece = new StringBuilder();
        var holdsToken = false;
        var inWord = false;
        foreach (var rune in text.EnumerateRunes())
        {
            var isWord = IsWord(rune);
            if (holdsToken && !(isWord && inWord))
            {
                pieces.Add(piece.ToString());
                piece.Clear();
                holdsToken = false;
            }

            piece.Append(rune.ToString());
            holdsToken |= !Rune.IsWhiteSpace(rune);
            inWord = isWord;
        }

        if (holdsToken || (pieces.Count == 0 && piece.Length > 0))
        {
            pieces.Add(piece.ToString());
        }
        else if (piece.Length > 0)
        {
            pieces[^1] += piece.ToString();
        }

        return pieces;
    }

    public static string Take(string text, int tokens) => string.Concat(Split(text).Take(Math.Max(tokens, 0)));

    private static bool IsWord(Rune rune) =>
        Rune.IsLetterOrDigit(rune) || rune.Value is '_' || Rune.GetUnicodeCategory(rune) is
            UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
