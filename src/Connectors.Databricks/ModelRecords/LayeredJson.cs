using System.Globalization;
using System.Text.Json;

namespace Connectors.Databricks.ModelRecords;

/// <summary>
/// A JSON object layered over others: a missing key is looked up in the next layer. Unknown keys are errors, because a misspelled key would
/// silently leave a default in effect.
/// </summary>
/// <param name="place">The location of the object, for messages.</param>
/// <param name="layers">The object and the layers below it.</param>
internal sealed class LayeredJson(string place, IReadOnlyList<JsonElement> layers)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public string Place => place;

    public string? Text(string key) => Find(key, JsonValueKind.String, "text")?.GetString();

    public bool? Flag(string key) => Find(key) is not { } value ? null : value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Wrong(key, "true or false"),
    };

    public int? Count(string key) => Find(key) is not { } value ? null :
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number > 0 ? number :
        throw Wrong(key, "a whole number above zero");

    public DateOnly? Date(string key) => Text(key) is not { } text ? null :
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date :
        throw Wrong(key, "a date such as 2026-08-05");

    public IReadOnlyList<string>? Words(string key)
    {
        if (Find(key, JsonValueKind.Array, "a list of texts") is not { } list)
        {
            return null;
        }

        var words = new string[list.GetArrayLength()];
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = list[i].ValueKind == JsonValueKind.String ? list[i].GetString()! : throw Wrong(key, "a list of texts");
        }

        return words;
    }

    /// <summary>A nested object, layered over the objects of the same key below; null when no layer has one.</summary>
    public LayeredJson? Inside(string key)
    {
        _known.Add(key);
        var inside = new List<JsonElement>(layers.Count);
        foreach (var layer in layers)
        {
            if (!layer.TryGetProperty(key, out var value))
            {
                continue;
            }

            if (value.ValueKind == JsonValueKind.Null)
            {
                break;
            }

            inside.Add(value.ValueKind == JsonValueKind.Object ? value : throw Wrong(key, "an object"));
        }

        return inside.Count == 0 ? null : new LayeredJson($"{place}, '{key}'", inside);
    }

    /// <exception cref="FormatException">A layer has an unknown key.</exception>
    public void RequireNoOthers()
    {
        foreach (var name in layers.SelectMany(layer => layer.EnumerateObject()).Select(member => member.Name))
        {
            if (!_known.Contains(name))
            {
                throw new FormatException($"{place}: '{name}' is not a key. The known ones: {string.Join(", ", _known)}.");
            }
        }
    }

    public FormatException Wrong(string key, string wanted) => new($"{place}: '{key}' must be {wanted}.");

    private JsonElement? Find(string key, JsonValueKind kind, string wanted) =>
        Find(key) is not { } value ? null : value.ValueKind == kind ? value : throw Wrong(key, wanted);

    // An explicit null overrides a value of a lower layer with "unknown".
    private JsonElement? Find(string key)
    {
        _known.Add(key);
        foreach (var layer in layers)
        {
            if (layer.TryGetProperty(key, out var value))
            {
                return value.ValueKind == JsonValueKind.Null ? null : value;
            }
        }

        return null;
    }
}
