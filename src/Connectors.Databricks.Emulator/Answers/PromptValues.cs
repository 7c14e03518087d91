using System.Globalization;
using System.Text.RegularExpressions;

namespace Connectors.Databricks.Emulator.Answers;

/// <summary>Extracts values from a prompt. Each value is used once, so that two arguments do not get the same one.</summary>
internal sealed partial class PromptValues(string prompt)
{
    private static readonly HashSet<string> Switches = Keywords.Extract("enabled active activated open opened switched started");

    private readonly HashSet<string> _used = [];

    public string Prompt => prompt;

    /// <summary>Splits an enumeration such as "Berlin and Rome" into one prompt for each item.</summary>
    public static IReadOnlyList<string> Apart(string prompt)
    {
        var together = Together().Match(prompt);
        return together.Success
            ? [.. Separators().Split(together.Value).Select(one => prompt.Replace(together.Value, one, StringComparison.Ordinal))]
            : [prompt];
    }

    /// <summary>A quoted text right after a name: subject "Hello".</summary>
    public string? LabeledQuote(string name) =>
        Labeled(name) is string value && Quotes(value) && _used.Add(value) ? value : null;

    /// <summary>The value written next to a name: "city: Paris", "quantity is 3", "id = X-1".</summary>
    public string? Labeled(string name)
    {
        var label = string.Join(@"[\s_-]*", NameParts(name).Select(Regex.Escape));
        var match = Regex.Match(
            prompt,
            $@"\b{label}\b\s*(?:is|are|was|of|named|called|:|=)?\s*"
            + @"(?:""(?<v>[^""]+)""|'(?<v>[^']+)'|(?<v>[\p{L}\p{N}][\p{L}\p{N}\-_.@/]*))",
            RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
            TimeSpan.FromSeconds(1));
        return match.Success ? Trimmed(match.Groups["v"].Value) : null;
    }

    public double? Number(string name)
    {
        if (Labeled(name) is string labeled && TryNumber(labeled, out var number))
        {
            _used.Add(labeled);
            return number;
        }

        // "3 apples" for a property named apples, before any other number.
        var parts = NameParts(name);
        Match[] free = [.. Numbers().Matches(prompt).Where(match => !_used.Contains(match.Value))];
        var chosen = free.FirstOrDefault(match => parts.Any(part => prompt[(match.Index + match.Length)..].TrimStart()
            .StartsWith(part.TrimEnd('s'), StringComparison.OrdinalIgnoreCase))) ?? free.FirstOrDefault();
        if (chosen is null || !TryNumber(chosen.Value, out number))
        {
            return null;
        }

        _used.Add(chosen.Value);
        return number;
    }

    public string? Quoted() => Use(QuotedTexts().Matches(prompt).Select(match => match.Groups["v"].Value));

    public string? Path() => Use(Paths().Matches(prompt).Select(match => Trimmed(match.Value)));

    public string? Email() => Use(Emails().Matches(prompt).Select(match => match.Value));

    public string? Link() => Use(Links().Matches(prompt).Select(match => Trimmed(match.Value)));

    public string? Date() => Use(Dates().Matches(prompt).Select(match => match.Value));

    /// <summary>Tokens such as A-1042 or cpi_7: letters and digits together.</summary>
    public string? Code() => Use(Codes().Matches(prompt).Select(match => match.Value));

    /// <summary>A minus counts between blanks only; elsewhere it belongs to a date or an id.</summary>
    public string? Expression() => Use(Expressions().Matches(prompt)
        .Select(match => match.Value.Trim())
        .Where(text => text.Any(letter => "+*/^×÷%".Contains(letter, StringComparison.Ordinal))
            || text.Contains(" - ", StringComparison.Ordinal)));

    /// <summary>A technical name with two separators or more: system.ai.claude-sonnet-4-5.</summary>
    public string? Identifier() => Use(Identifiers().Matches(prompt).Select(match => match.Value));

    public string? Name() => Use(Names().Matches(prompt)
        .Where(match => !StartsSentence(match.Index) || match.Value.Contains(' '))
        .Select(match => match.Value));

    /// <summary>What follows a preposition: "about solar power", "for order status".</summary>
    public string? Topic() => Topics().Match(prompt) is { Success: true } match ? Trimmed(match.Groups["v"].Value) : null;

    /// <summary>A value that the prompt names: as it is written, or by a word that no other value has: "images" for image-input.</summary>
    public string? OneOf(IReadOnlyList<string> values) =>
        values.FirstOrDefault(value => Says($@"\b{Regex.Escape(value)}\b")) ?? (OneByWord(values) is [var only] ? only : null);

    private string[] OneByWord(IReadOnlyList<string> values)
    {
        var words = Keywords.Extract(prompt);
        return
        [
            .. values.Where(value => Keywords.Extract(value) is { Count: > 1 } own
                && own.Except(values.Where(other => other != value).SelectMany(Keywords.Extract)).Any(words.Contains)),
        ];
    }

    /// <summary>Items of an enumeration after a label: "tags: red, green and blue".</summary>
    public IReadOnlyList<string> List(string name)
    {
        var label = string.Join(@"[\s_-]*", NameParts(name).Select(part => Regex.Escape(part.TrimEnd('s')) + "s?"));
        var match = Regex.Match(
            prompt, $@"\b{label}\b\s*(?:are|is|:|=|of)?\s*(?<v>[^.;!?\n]+)", RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1));
        var source = match.Success ? match.Groups["v"].Value : Enumerations().Match(prompt).Value;
        return [.. Separators().Split(source).Select(Trimmed).Where(item => item.Length > 0)];
    }

    public bool Mentions(string name) => Keywords.ExtractFromQuestion(name).Overlaps(Keywords.ExtractFromQuestion(prompt));

    public bool Denies(string name) =>
        NameParts(name).Any(part => Says($@"\b(not|no|without|never|isn't|don't)\s+(\w+\s+)?{Regex.Escape(part)}"));

    private bool Says(string pattern) => Regex.IsMatch(prompt, pattern, RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1));

    /// <summary>Whether the prompt switches something on: "turn on", "enable", and not "off".</summary>
    public bool IsSwitchedOn(string name) =>
        IsSwitch(name)
            ? SwitchOn().IsMatch(prompt) && !SwitchOff().IsMatch(prompt)
            : Mentions(name) && !Denies(name);

    private static bool IsSwitch(string name) =>
        Keywords.ExtractFromQuestion(name).Overlaps(Switches)
            || name.Contains("_on", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith("On", StringComparison.Ordinal)
            || name == "on";

    private bool Quotes(string value) =>
        prompt.Contains($"\"{value}\"", StringComparison.Ordinal) || prompt.Contains($"'{value}'", StringComparison.Ordinal);

    private string? Use(IEnumerable<string> candidates)
    {
        var found = candidates.FirstOrDefault(candidate => !_used.Contains(candidate));
        if (found is not null)
        {
            _used.Add(found);
        }

        return found;
    }

    private bool StartsSentence(int index) =>
        index == 0 || prompt[..index].TrimEnd() is { Length: 0 } or [.., '.' or '!' or '?' or ':' or '\n'];

    private static bool TryNumber(string text, out double number) =>
        double.TryParse(text.Replace(",", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    private static string Trimmed(string text) => text.Trim().TrimEnd('.', ',', ';', ':', '?', '!').Trim('"', '\'');

    private static string[] NameParts(string name) => [.. Humps().Split(name).Where(part => part.Length > 0)];

    [GeneratedRegex(@"[\s_\-.]+|(?<=[a-z0-9])(?=[A-Z])")]
    private static partial Regex Humps();

    [GeneratedRegex(@"(?<![\p{L}\p{N}_.-])-?\d+(?:,\d{3})*(?:\.\d+)?(?![\p{L}\p{N}_])")]
    private static partial Regex Numbers();

    [GeneratedRegex("""
        "(?<v>[^"]+)"|“(?<v>[^”]+)”|`(?<v>[^`]+)`|(?<=^|[\s(])'(?<v>[^']+)'(?=$|[\s.,;:!?)])
        """)]
    private static partial Regex QuotedTexts();

    [GeneratedRegex(
        @"(?<![\p{L}\p{N}:/])(?:[A-Za-z]:\\|~?/|\.{1,2}/)?[\w\-]+(?:[/\\][\w\-.]+)+|(?<![\w/])/[\w\-.]+|"
        + @"\b[\w\-]+\.(?:txt|md|csv|json|cs|py|sql|log|xml|yml|yaml|parquet|pdf|png|jpg)\b")]
    private static partial Regex Paths();

    [GeneratedRegex(@"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")]
    private static partial Regex Emails();

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Links();

    [GeneratedRegex(@"\b\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?Z?)?\b")]
    private static partial Regex Dates();

    [GeneratedRegex(@"(?<![\w-])(?=[\w-]*\d)(?=[\w-]*\p{L})[\w-]+(?![\w-])|#\d+")]
    private static partial Regex Codes();

    [GeneratedRegex(@"(?<![\w./@-])\p{Ll}[\p{Ll}\p{Nd}]*(?:[._-][\p{Ll}\p{Nd}]+){2,}(?![\w/@-])")]
    private static partial Regex Identifiers();

    [GeneratedRegex(@"[-(]*\d[\d.,]*\)?(?:\s*[-+*/^×x÷%]\s*[-(]*\d[\d.,]*\)*)+")]
    private static partial Regex Expressions();

    [GeneratedRegex(@"\b\p{Lu}[\p{L}'’-]*(?:\s+(?:de\s+|la\s+|of\s+)?\p{Lu}[\p{L}'’-]*)*")]
    private static partial Regex Names();

    [GeneratedRegex(@"\b(on|enable|activate|open|start)\b", RegexOptions.IgnoreCase)]
    private static partial Regex SwitchOn();

    [GeneratedRegex(@"\b(off|disable|deactivate|close|stop|not)\b", RegexOptions.IgnoreCase)]
    private static partial Regex SwitchOff();

    [GeneratedRegex(
        @"(?<=\s)(?:\p{Lu}[\p{L}-]+(?:\s\p{Lu}[\p{L}-]+)*|[\p{L}]*[-#]?\d[\w-]*\p{L}?)"
        + @"(?:,\s(?:\p{Lu}[\p{L}-]+(?:\s\p{Lu}[\p{L}-]+)*|[\p{L}]+-?\d[\w-]*))*,?\sand\s"
        + @"(?:\p{Lu}[\p{L}-]+(?:\s\p{Lu}[\p{L}-]+)*|[\p{L}]+-?\d[\w-]*)")]
    private static partial Regex Together();

    [GeneratedRegex(@"\b(?:about|for|regarding|named|called|on)\s+(?:the\s+|a\s+|an\s+)?(?<v>[^.,;?!\n]+)", RegexOptions.IgnoreCase)]
    private static partial Regex Topics();

    [GeneratedRegex(
        @"[\p{L}\p{N}'-]+(?:,\s*[\p{L}\p{N}'-]+)+(?:,?\s+(?:and|or)\s+[\p{L}\p{N}'-]+)?|"
        + @"[\p{L}\p{N}'-]+\s+and\s+[\p{L}\p{N}'-]+")]
    private static partial Regex Enumerations();

    [GeneratedRegex(@"\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or)\s+")]
    private static partial Regex Separators();
}
