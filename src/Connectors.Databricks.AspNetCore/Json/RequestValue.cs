using System.Globalization;
using System.Text.Json;
using Connectors.Databricks.AspNetCore.Errors;

namespace Connectors.Databricks.AspNetCore.Json;

/// <summary>A value of the request with its path, so that each error names the member that caused it.</summary>
internal readonly struct RequestValue(JsonElement element, string path)
{
    private const int MaxNameLength = 64;

    public JsonElement Element => element;

    /// <summary>The path, such as <c>messages[0].content</c>; empty for the body.</summary>
    public string Path => path;

    public bool IsText => element.ValueKind == JsonValueKind.String;

    public bool IsList => element.ValueKind == JsonValueKind.Array;

    public bool IsObject => element.ValueKind == JsonValueKind.Object;

    public string PathOf(string name) => path.Length == 0 ? name : $"{path}.{name}";

    /// <summary>Returns a member; null when it is missing or null.</summary>
    public RequestValue? Find(string name) =>
        element.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null
            ? new RequestValue(member, PathOf(name))
            : null;

    public RequestValue Require(string name) => Find(name) ?? throw InvalidRequests.Missing(PathOf(name));

    /// <summary>Rejects members that are not known: they would have no effect.</summary>
    public void RequireKnown(IReadOnlyCollection<string> members)
    {
        foreach (var member in element.EnumerateObject())
        {
            var name = member.Name;
            if (!members.Contains(name))
            {
                throw InvalidRequests.Unknown(PathOf(name.Length <= MaxNameLength ? name : name[..MaxNameLength]));
            }
        }
    }

    public RequestValue AsObject() => IsObject ? this : throw Expected("an object");

    public string AsText()
    {
        if (!IsText)
        {
            throw Expected("a string");
        }

        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // An escaped half of a surrogate pair is no Unicode text.
            throw Expected("valid Unicode text");
        }
    }

    public string? Text(string name) => Find(name)?.AsText();

    public string RequireText(string name) =>
        Require(name).AsText() is { Length: > 0 } text ? text : throw InvalidRequests.Invalid(
            $"Invalid '{PathOf(name)}': empty string.", PathOf(name));

    public bool? Flag(string name) => Find(name) is not { } value ? null : value.Element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw value.Expected("a boolean"),
    };

    public float? Number(string name, double min, double max)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        return value.Element.ValueKind == JsonValueKind.Number && value.Element.TryGetDouble(out var number) && number >= min &&
            number <= max
            ? (float)number
            : throw value.Expected(string.Create(CultureInfo.InvariantCulture, $"a number from {min} to {max}"));
    }

    public long? Integer(string name, long min, long max)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        return value.Element.ValueKind == JsonValueKind.Number && value.Element.TryGetInt64(out var number) && number >= min &&
            number <= max
            ? number
            : throw value.Expected(string.Create(CultureInfo.InvariantCulture, $"an integer from {min} to {max}"));
    }

    /// <summary>Returns the items of this list.</summary>
    public IEnumerable<RequestValue> Items(int max)
    {
        if (!IsList)
        {
            throw Expected("an array");
        }

        return element.GetArrayLength() <= max ? ItemsOf(element, path) : throw InvalidRequests.Invalid(
            $"Invalid '{path}': the array has more than {max} items.", path, "array_above_max_length");
    }

    private static IEnumerable<RequestValue> ItemsOf(JsonElement list, string path)
    {
        var index = 0;
        foreach (var item in list.EnumerateArray())
        {
            yield return new RequestValue(item, string.Create(CultureInfo.InvariantCulture, $"{path}[{index++}]"));
        }
    }

    public RejectedRequestException Expected(string what) => InvalidRequests.Invalid($"Invalid '{path}': expected {what}.", path,
        "invalid_type");

    public RejectedRequestException NotSupported() => InvalidRequests.Unsupported($"The value of '{path}' is not supported.", path);
}
