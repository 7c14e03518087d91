using System.Globalization;
using System.Text.Json;
using Connectors.Databricks.Diagnostics;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Discovery.Tools;

/// <summary>The arguments of a call, as models give them: elements, texts, or numbers and truth values written as texts.</summary>
internal sealed class ToolArguments(AIFunctionArguments arguments, JsonElement schema)
{
    /// <summary>Catalog, schema and name of a model service, 255 characters each; other names are shorter.</summary>
    public const int LongestEndpointName = 767;

    private const int LongestText = 2_000;
    private const int LongestEcho = 100;

    // More than any endpoint serves; all of them are shown for the approval.
    private const int MostNumbers = 50;

    public string Required(string name, int maxLength = LongestText) =>
        Text(name, maxLength) ?? throw new ToolInputException($"'{name}' is missing. {Known()}");

    /// <summary>The argument <c>name</c>. An invalid name is not sent, and no approval is requested for it.</summary>
    public string EndpointName()
    {
        var name = Required("name", LongestEndpointName);
        return SingleLineText.IsVisible(name)
            ? name
            : throw new ToolInputException($"{Echo(name)} is not an endpoint name: it has control characters or invisible ones.");
    }

    /// <summary>A string; null when it is missing, empty or null, as models write omitted arguments.</summary>
    public string? Text(string name, int maxLength = LongestText) => Value(name) switch
    {
        null => null,
        string text when text.Length > maxLength =>
            throw new ToolInputException($"'{name}' has {text.Length} characters; at most {maxLength} are accepted."),
        string text => text.Trim() is { Length: > 0 } trimmed ? trimmed : null,
        bool or int or long or double or decimal => Convert.ToString(Value(name), CultureInfo.InvariantCulture),
        _ => throw new ToolInputException($"'{name}' must be a text."),
    };

    public bool? Flag(string name) => Text(name) switch
    {
        null => null,
        var text when bool.TryParse(text, out var flag) => flag,
        var text => throw new ToolInputException($"'{name}' must be true or false, not {Echo(text)}."),
    };

    public int? Number(string name) => Text(name) switch
    {
        null => null,
        var text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number == Math.Floor(number) && Math.Abs(number) <= int.MaxValue => (int)number,
        var text => throw new ToolInputException($"'{name}' must be a whole number, not {Echo(text)}."),
    };

    /// <summary>One of a few words.</summary>
    public string? Word(string name, params ReadOnlySpan<string> words)
    {
        var text = Text(name);
        foreach (var word in words)
        {
            if (word.Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                return word;
            }
        }

        return text is null
            ? null
            : throw new ToolInputException($"'{name}' must be one of {string.Join(", ", words.ToArray())}, not {Echo(text)}.");
    }

    /// <summary>An object of whole numbers, or the text of one.</summary>
    public IReadOnlyList<(string Name, int Number)> Numbers(string name)
    {
        if (Parsed(Value(name)) is not { ValueKind: JsonValueKind.Object } members)
        {
            throw new ToolInputException($"'{name}' must be an object, such as {{\"champion\": 90, \"challenger\": 10}}.");
        }

        if (members.EnumerateObject().Count() > MostNumbers)
        {
            throw new ToolInputException($"'{name}' has more than {MostNumbers} members.");
        }

        return
        [
            .. members.EnumerateObject().Select(member =>
                member.Value.ValueKind == JsonValueKind.Number && member.Value.TryGetInt32(out var number)
                ? (member.Name, number)
                : throw new ToolInputException($"'{name}.{SingleLineText.Of(member.Name, LongestEcho)}' must be a whole number.")),
        ];
    }

    // Some models write an object as text, and Semantic Kernel hands every argument over as text.
    private static JsonElement? Parsed(object? value)
    {
        try
        {
            return value is string text ? ToolJson.Parse(text) : value as JsonElement?;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private object? Value(string name) => Raw(name) switch
    {
        JsonElement { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => null,
        JsonElement { ValueKind: JsonValueKind.String } element => element.GetString(),
        JsonElement { ValueKind: JsonValueKind.True } => true,
        JsonElement { ValueKind: JsonValueKind.False } => false,
        JsonElement { ValueKind: JsonValueKind.Number } element => element.GetRawText(),
        var other => other,
    };

    private object? Raw(string name) => arguments.TryGetValue(name, out var value) ? value : null;

    // Bounded, for a model may repeat in an argument whatever it has read.
    private static string Echo(string text) => SingleLineText.Quote(text, LongestEcho);

    private string Known() =>
        $"The arguments: {string.Join(", ", schema.GetProperty("properties").EnumerateObject().Select(property => property.Name))}.";
}
