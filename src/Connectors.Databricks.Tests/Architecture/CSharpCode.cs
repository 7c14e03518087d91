using System.Text.RegularExpressions;

namespace Connectors.Databricks.Tests.Architecture;

/// <summary>Tells code from comments and literals, just well enough for rules that look for names.</summary>
internal static partial class CSharpCode
{
    /// <summary>Blanks comments, strings and characters, and keeps every line break, so that line numbers still hold.</summary>
    /// <remarks>The holes of an interpolated string are blanked too: a name mentioned only there goes unseen.</remarks>
    public static string WithoutCommentsAndStrings(string text) =>
        NotCode().Replace(text, match => LineContent().Replace(match.Value, " "));

    /// <summary>The raw string literals of the text.</summary>
    public static IEnumerable<Match> RawLiterals(string text) =>
        NotCode().Matches(text).Where(match => match.Value.StartsWith("\"\"\"", StringComparison.Ordinal));

    /// <summary>Blanks everything else, with every line break in place.</summary>
    public static string CommentsAndStrings(string text)
    {
        var prose = text.ToCharArray();
        var end = 0;
        foreach (var match in NotCode().EnumerateMatches(text))
        {
            Blank(prose.AsSpan(end, match.Index - end));
            end = match.Index + match.Length;
        }

        Blank(prose.AsSpan(end));
        return new string(prose);
    }

    private static void Blank(Span<char> text)
    {
        foreach (ref var character in text)
        {
            character = character == '\n' ? '\n' : ' ';
        }
    }

    /// <summary>The names of the types that the text declares.</summary>
    public static IEnumerable<string> DeclaredTypes(string code) =>
        Declaration().Matches(code).Select(match => match.Groups["name"].Value);

    // In this order: raw strings (any number of quotes from three), verbatim strings, plain strings, characters, comments.
    [GeneratedRegex("""
        (?<quotes>"{3,}).*?\k<quotes>(?!")
        | (?:@\$?|\$@)"(?:[^"]|"")*"
        | "(?:[^"\\\n]|\\.)*"
        | '(?:[^'\\\n]|\\.[^'\n]*)'
        | //[^\n]*
        | /\*.*?\*/
        """, RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex NotCode();

    [GeneratedRegex("[^\n]")]
    private static partial Regex LineContent();

    [GeneratedRegex("""
        \b(?:class|struct|interface|enum|record(?:\s+(?:class|struct))?)\s+(?<name>[A-Z]\w*)
        | \bdelegate\s+[^;(]*?(?<name>[A-Z]\w*)\s*(?:<[^()]*>)?\(
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Declaration();
}
