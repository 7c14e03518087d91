using System.Globalization;
using System.Text.Json;
using Connectors.Databricks.Tests.Chat.Fuzz;

namespace Connectors.Databricks.Tests.Chat.Responses.Fuzz;

/// <summary>An object whose last member of a name counts.</summary>
internal readonly struct PlainJson(JsonElement json)
{
    public string Json => json.GetRawText();

    public IEnumerable<JsonElement> All(string name) =>
        json.EnumerateObject().Where(member => PlainStreamModel.Name(member) == name).Select(member => member.Value);

    public JsonElement? Value(string name) => All(name).Select(value => (JsonElement?)value).LastOrDefault();

    public string? Raw(string name) => Value(name)?.GetRawText();

    public PlainJson? Object(string name) => Value(name) is { ValueKind: JsonValueKind.Object } value ? new PlainJson(value) : null;

    public string? Text(string name) => Value(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>A text that names something; one that is no Unicode names nothing known.</summary>
    public string? Name(string name)
    {
        try
        {
            return Text(name);
        }
        catch (InvalidOperationException)
        {
            return "\uFFFD";
        }
    }

    public bool Has(params string[] names) => Last(names) is not null;

    public string? LastText(params string[] names) => Last(names) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>Whether a member of this name has a value: null, false, an empty text, list or object, and nulls alone are none.</summary>
    public bool HasAny(string name) => All(name).Any(HasValue);

    private static bool HasValue(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.False => false,
        JsonValueKind.String => value.GetRawText().Length > 2,
        JsonValueKind.Object => value.EnumerateObject().Any(member => member.Value.ValueKind != JsonValueKind.Null),
        JsonValueKind.Array => value.GetArrayLength() > 0,
        _ => true,
    };

    /// <summary>The last index under any of the names; each must be one.</summary>
    public int? Index(params string[] names)
    {
        int? index = null;
        foreach (var member in json.EnumerateObject().Where(member => names.Contains(PlainStreamModel.Name(member))))
        {
            index = member.Value.ValueKind switch
            {
                JsonValueKind.Null => null,
                JsonValueKind.Number when member.Value.GetDouble() is >= 0 and <= int.MaxValue and var given
                    && given == Math.Floor(given) => (int)given,
                JsonValueKind.String when int.TryParse(
                    member.Value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var textual) => textual,
                _ => throw new InvalidDataException("An index that is no integer."),
            };
        }

        return index;
    }

    private JsonElement? Last(string[] names) => json.EnumerateObject()
        .Where(member => names.Contains(PlainStreamModel.Name(member))).Select(member => (JsonElement?)member.Value).LastOrDefault();
}
