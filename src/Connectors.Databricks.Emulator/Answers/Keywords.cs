using System.Text;

namespace Connectors.Databricks.Emulator.Answers;

/// <summary>Extracts stemmed keywords, without stop words.</summary>
internal static class Keywords
{
    private static readonly HashSet<string> Empty =
    [
        "a", "an", "and", "are", "as", "at", "be", "been", "but", "by", "can", "could", "did", "do", "does", "for", "from", "get", "give",
        "had", "has", "have", "he", "her", "his", "how", "i", "if", "in", "into", "is", "it", "its", "just", "let", "many", "me",
        "much", "my", "need", "not", "of", "on", "or", "our", "out", "please", "she", "should", "show", "so", "some", "tell", "than",
        "that", "the", "their", "them", "then", "there", "these", "they", "this", "those", "to", "up", "us", "use", "using", "want",
        "was", "we", "were", "what", "when", "where", "which", "who", "whose", "why", "will", "with", "would", "you", "your",
        "return", "given", "value", "name", "tool", "function", "string", "s", "m", "re", "t", "about", "any", "all", "also", "now",
    ];

    private static readonly HashSet<string> Telling = ["name", "value", "use", "need", "return", "given", "function", "tool"];

    /// <summary>Stems of the words of a text, without stop words. Identifiers are split at case changes and underscores.</summary>
    public static HashSet<string> Extract(string text) => [.. Lower(text).Where(word => !Empty.Contains(word)).Select(Stem)];

    /// <summary>As <see cref="Extract"/>, but keeps words such as "name", which are not specific to a tool but are to a question.</summary>
    public static HashSet<string> ExtractFromQuestion(string text) =>
        [.. Lower(text).Where(word => Telling.Contains(word) || !Empty.Contains(word)).Select(Stem)];

    private static IEnumerable<string> Lower(string text) => All(text).Select(word => word.ToLowerInvariant());

    private static IEnumerable<string> All(string text)
    {
        var word = new StringBuilder();
        var last = ' ';
        foreach (var letter in text)
        {
            var startsHump = char.IsUpper(letter) && char.IsLower(last);
            if ((!char.IsLetterOrDigit(letter) || startsHump) && word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }

            if (char.IsLetterOrDigit(letter))
            {
                word.Append(letter);
            }

            last = letter;
        }

        if (word.Length > 0)
        {
            yield return word.ToString();
        }
    }

    private static string Stem(string word)
    {
        foreach (var ending in (string[])["ations", "ation", "ings", "ing", "ies", "ied", "ers", "ed", "es", "er", "s", "y", "e"])
        {
            if (word.Length - ending.Length >= 3 && word.EndsWith(ending, StringComparison.Ordinal))
            {
                return word[..^ending.Length];
            }
        }

        return word;
    }
}
