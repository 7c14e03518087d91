using System.Globalization;
using System.Text.Json;

namespace Connectors.Databricks.AspNetCore.ServingEndpoints;

/// <summary>
/// Compares values with the types of a signature. A null is a missing value of any type, and what the signature does not specify matches.
/// </summary>
internal static class ValueTypes
{
    /// <summary>Returns the path of the first mismatch within the value, which is empty for the value itself; null if it matches.</summary>
    public static string? Mismatch(JsonElement value, SignatureColumn type) =>
        value.ValueKind == JsonValueKind.Null || IsChoice(type) ? null : type.Type switch
        {
            "array" => MismatchOfArray(value, type.Items),
            "object" => MismatchOfObject(value, type.Members),
            _ => Fits(value, type.Type) ? null : string.Empty,
        };

    /// <summary>As <see cref="Mismatch"/>, for tensors: arrays of any depth have the type, and objects are not compared.</summary>
    public static string? MismatchOfLeaves(JsonElement value, SignatureColumn type)
    {
        while (type is { Type: "array", Items: { } items })
        {
            type = items;
        }

        return type.Type is "array" or "object" || IsChoice(type) ? null : MismatchOfLeaf(value, type.Type);
    }

    private static string? MismatchOfLeaf(JsonElement value, string type)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return value.ValueKind is JsonValueKind.Null or JsonValueKind.Object || Fits(value, type) ? null : string.Empty;
        }

        foreach (var (i, item) in value.EnumerateArray().Index())
        {
            if (MismatchOfLeaf(item, type) is { } within)
            {
                return At(i, within);
            }
        }

        return null;
    }

    private static string? MismatchOfArray(JsonElement value, SignatureColumn? items)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return string.Empty;
        }

        foreach (var (i, item) in items is null ? [] : value.EnumerateArray().Index())
        {
            if (Mismatch(item, items!) is { } within)
            {
                return At(i, within);
            }
        }

        return null;
    }

    private static string? MismatchOfObject(JsonElement value, IReadOnlyList<SignatureColumn> members)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return string.Empty;
        }

        foreach (var member in members)
        {
            var isGiven = value.TryGetProperty(member.Name!, out var given);
            var within = isGiven ? Mismatch(given, member) : member.IsRequired is true ? string.Empty : null;
            if (within is not null)
            {
                return $".{member.Name}{within}";
            }
        }

        return null;
    }

    private static bool Fits(JsonElement value, string type) => type switch
    {
        // 1.0 is a float for the parser of the service, and no integer.
        "integer" => value.ValueKind == JsonValueKind.Number && (value.TryGetInt64(out _) || value.TryGetUInt64(out _)),
        "number" => value.ValueKind == JsonValueKind.Number || IsNamedNumber(value),
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        _ => true,
    };

    // JSON has no NaN; the names are how .NET writes them.
    private static bool IsNamedNumber(JsonElement value) =>
        value.ValueKind == JsonValueKind.String &&
        (value.ValueEquals("NaN"u8) || value.ValueEquals("Infinity"u8) || value.ValueEquals("-Infinity"u8));

    /// <summary>Whether the schema allows several types besides null; a column has the first one.</summary>
    private static bool IsChoice(SignatureColumn type) =>
        type.Schema is { ValueKind: JsonValueKind.Object } schema && schema.TryGetProperty("type", out var types) &&
        types.ValueKind == JsonValueKind.Array &&
        types.EnumerateArray().Count(item => item.ValueKind == JsonValueKind.String && !item.ValueEquals("null"u8)) > 1;

    private static string At(int index, string within) => string.Create(CultureInfo.InvariantCulture, $"[{index}]{within}");
}
