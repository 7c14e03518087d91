using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Endpoints.Tools;

/// <summary>The arguments of a call, as models give them: elements, texts, or numbers and truth values written as texts.</summary>
internal sealed class ToolArguments(AIFunctionArguments arguments, JsonElement schema)
{
    public string Required(string name) => Text(name) ?? throw new ToolInputException($"'{name}' is missing. {Known()}");

    /// <summary>A text; null when it is left out, empty or null, as models write what they do not want.</summary>
    public string? Text(string name) => Value(name) switch
    {
        null => null,
        string text => text.Trim() is { Length: > 0 } trimmed ? trimmed : null,
        bool or int or long or double or decimal => Convert.ToString(Value(name), CultureInfo.InvariantCulture),
        _ => throw new ToolInputException($"'{name}' must be a text."),
    };

    public bool? Flag(string name) => Text(name) switch
    {
        null => null,
        var text when bool.TryParse(text, out var flag) => flag,
        var text => throw new ToolInputException($"'{name}' must be true or false, not '{text}'."),
    };

    public int? Number(string name) => Text(name) switch
    {
        null => null,
        var text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number == Math.Floor(number) && Math.Abs(number) <= int.MaxValue => (int)number,
        var text => throw new ToolInputException($"'{name}' must be a whole number, not '{text}'."),
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
            : throw new ToolInputException($"'{name}' must be one of {string.Join(", ", words.ToArray())}, not '{text}'.");
    }

    /// <summary>An object of whole numbers, or the text of one.</summary>
    public IReadOnlyList<(string Name, int Number)> Numbers(string name)
    {
        if (Parsed(Value(name)) is not { ValueKind: JsonValueKind.Object } members)
        {
            throw new ToolInputException($"'{name}' must be an object, such as {{\"champion\": 90, \"challenger\": 10}}.");
        }

        return
        [
            .. members.EnumerateObject().Select(member => member.Value.ValueKind == JsonValueKind.Number && member.Value.TryGetInt32(out var number)
                ? (member.Name, number)
                : throw new ToolInputException($"'{name}.{member.Name}' must be a whole number.")),
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

    private string Known() =>
        $"The arguments: {string.Join(", ", schema.GetProperty("properties").EnumerateObject().Select(property => property.Name))}.";
}
