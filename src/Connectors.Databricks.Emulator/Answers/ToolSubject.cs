using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Connectors.Databricks.Emulator.Conversation;
using Connectors.Databricks.Emulator.Json;

namespace Connectors.Databricks.Emulator.Answers;

/// <summary>Describes what a tool call looks up: "weather" for Bonn, from <c>Forecast-get_weather</c> and its arguments.</summary>
internal sealed partial class ToolSubject
{
    private const int MaxArguments = 2;
    private const int LongestArgument = 40;

    private static readonly HashSet<string> Verbs = new(StringComparer.Ordinal)
    {
        "get", "list", "fetch", "find", "read", "look", "lookup", "up", "search", "query", "show", "load", "check", "count", "retrieve",
        "describe", "inspect",
    };

    private readonly IReadOnlyList<string> _arguments;

    private ToolSubject(string noun, bool counts, IReadOnlyList<string> arguments) =>
        (Noun, Counts, _arguments) = (noun, counts, arguments);

    /// <summary>The words of the name without its plugin and its verb.</summary>
    public string Noun { get; }

    /// <summary>Whether the tool counts something.</summary>
    public bool Counts { get; }

    /// <summary>" for Bonn", or nothing without arguments.</summary>
    public string For => _arguments.Count == 0 ? "" : $" for {string.Join(" and ", _arguments)}";

    /// <summary>" in README.md", or nothing without arguments.</summary>
    public string In => _arguments.Count == 0 ? "" : $" in {string.Join(" and ", _arguments)}";

    public static ToolSubject Of(RequestedToolCall? call)
    {
        var (noun, counts) = Words(call?.Name ?? "");
        return new(noun, counts, Arguments(call?.Arguments));
    }

    public static ToolSubject Of(ToolCall call)
    {
        var (noun, counts) = Words(call.Name);
        return new(noun, counts, Arguments(call.Arguments));
    }

    /// <summary>Whether the name of a tool begins with a verb such as "get", after that of its plugin.</summary>
    public static bool LooksUp(string name) => Verbs.Contains(Split(name).FirstOrDefault() ?? "");

    /// <summary>Whether the name of a tool begins with "list" or "search".</summary>
    public static bool Lists(string name) => Split(name).FirstOrDefault() is "list" or "search";

    public bool IsNamedIn(string text) => _arguments.Any(argument => text.Contains(argument, StringComparison.OrdinalIgnoreCase));

    private static (string Noun, bool Counts) Words(string name)
    {
        var words = Split(name);
        var rest = words.SkipWhile(Verbs.Contains).ToList();
        var noun = string.Join(' ', rest.Count > 0 ? rest : words);
        return (noun.Length == 0 ? "result" : noun, words is ["count", ..]);
    }

    private static List<string> Split(string name)
    {
        var function = name[(name.LastIndexOfAny(['-', '.', ':']) + 1)..];
        return [.. Word().Matches(function).Select(match => match.Value.ToLowerInvariant())];
    }

    private static IReadOnlyList<string> Arguments(string? text)
    {
        try
        {
            return string.IsNullOrWhiteSpace(text) || JsonNode.Parse(text) is not JsonObject arguments ? [] :
            [
                .. arguments.Select(argument => argument.Value.Text()).OfType<string>()
                    .Where(value => value.Length is > 0 and <= LongestArgument).Take(MaxArguments),
            ];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    [GeneratedRegex(@"\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{Ll}\p{Nd}]+")]
    private static partial Regex Word();
}
