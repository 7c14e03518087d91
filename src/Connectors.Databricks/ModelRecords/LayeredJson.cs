using System.Globalization;
using System.Text.Json;

namespace Connectors.Databricks.ModelRecords;

/// <summary>
/// A JSON object layered over others: a missing key is looked up in the next layer. Unknown keys are errors, because a misspelled key would
/// silently leave a default in effect.
/// </summary>
/// <param name="place">The location of the object, for messages.</param>
/// <param name="layers">The object and the layers below it.</param>
internal sealed class LayeredJson(string place, JsonElement[] layers)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public string Place => place;

    public string? Text(string key) => TryFind(key, JsonValueKind.String, "text", out var value) ? value.GetString() : null;

    public bool? Flag(string key) => !TryFind(key, out var value) ? null : value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Wrong(key, "true or false"),
    };

    public int? Count(string key) => !TryFind(key, out var value) ? null :
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number > 0 ? number :
        throw Wrong(key, "a whole number above zero");

    public DateOnly? Date(string key) => Text(key) is not { } text ? null :
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date :
        throw Wrong(key, "a date such as 2026-08-05");

    public IReadOnlyList<string>? Words(string key)
    {
        if (!TryFind(key, JsonValueKind.Array, "a list of texts", out var list))
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
        var inside = new JsonElement[layers.Length];
        var count = 0;
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

            inside[count++] = value.ValueKind == JsonValueKind.Object ? value : throw Wrong(key, "an object");
        }

        if (count == 0)
        {
            return null;
        }

        Array.Resize(ref inside, count);
        return new LayeredJson($"{place}, '{key}'", inside);
    }

    /// <exception cref="FormatException">A layer has an unknown key.</exception>
    public void RequireNoOthers()
    {
        foreach (var layer in layers)
        {
            foreach (var member in layer.EnumerateObject())
            {
                if (!_known.Contains(member.Name))
                {
                    throw new FormatException($"{place}: '{member.Name}' is not a key. The known ones: {string.Join(", ", _known)}.");
                }
            }
        }
    }

    public FormatException Wrong(string key, string wanted) => new($"{place}: '{key}' must be {wanted}.");

    private bool TryFind(string key, JsonValueKind kind, string wanted, out JsonElement value) =>
        TryFind(key, out value) && (value.ValueKind == kind ? true : throw Wrong(key, wanted));

    // An explicit null overrides a value of a lower layer with "unknown".
    private bool TryFind(string key, out JsonElement value)
    {
        _known.Add(key);
        foreach (var layer in layers)
        {
            if (layer.TryGetProperty(key, out value))
            {
                return value.ValueKind != JsonValueKind.Null;
            }
        }

        value = default;
        return false;
    }
}
