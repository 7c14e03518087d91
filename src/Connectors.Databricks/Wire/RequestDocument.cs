using System.Text.Json;
using System.Text.Json.Nodes;

namespace Connectors.Databricks.Wire;

/// <summary>
/// The top level of a request body. In order of precedence: the base document of the caller, the mapped options, and
/// additional properties. No field is written twice.
/// </summary>
internal sealed class RequestDocument : IDisposable
{
    private readonly JsonObject? _base;
    private readonly string _optionsName;
    private readonly List<string> _ours = new(capacity: 8);
    private HashSet<string>? _written;

    /// <param name="baseDocument">The base document of the caller, or null.</param>
    /// <param name="serializerOptions">The serializer options for custom types.</param>
    /// <param name="optionsName">The name of the options type, for messages.</param>
    public RequestDocument(JsonObject? baseDocument, JsonSerializerOptions serializerOptions, string optionsName)
    {
        _base = baseDocument;
        _optionsName = optionsName;
        SerializerOptions = serializerOptions;
        Buffer = new SegmentedBuffer();
        Writer = JsonWriting.CreateWriter(Buffer);
    }

    public SegmentedBuffer Buffer { get; }

    public Utf8JsonWriter Writer { get; }

    public JsonSerializerOptions SerializerOptions { get; }

    /// <summary>Starts a field; returns false when the base document sets it.</summary>
    public bool Begins(string name)
    {
        if (BaseHas(name))
        {
            return false;
        }

        Writer.WritePropertyName(name);
        Reserve(name);
        return true;
    }

    /// <summary>Starts a field with a pre-encoded name.</summary>
    public bool Begins(JsonEncodedText name)
    {
        if (BaseHas(name.Value))
        {
            return false;
        }

        Writer.WritePropertyName(name);
        Reserve(name.Value);
        return true;
    }

    /// <summary>
    /// Starts an array with the items of the base document (a single value counts as one item).
    /// </summary>
    public void BeginArray(string name)
    {
        Writer.WriteStartArray(name);
        Reserve(name);
        if (TryGetBase(name, out var given) && given is not null)
        {
            foreach (var item in given is JsonArray items ? items.AsEnumerable() : [given])
            {
                JsonValueToWire.Write(Writer, item, SerializerOptions);
            }
        }
    }

    /// <summary>Starts an object with the members of the base document, and returns their names; <see cref="EndObject"/> ends it.</summary>
    /// <returns>Null when the base document sets another value, which is sent unchanged.</returns>
    public HashSet<string>? BeginObject(string name)
    {
        if (TryGetBase(name, out var given) && given is not JsonObject)
        {
            return null;
        }

        Writer.WriteStartObject(name);
        Reserve(name);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (member, value) in given as JsonObject ?? [])
        {
            names.Add(member);
            Writer.WritePropertyName(member);
            JsonValueToWire.Write(Writer, value, SerializerOptions);
        }

        return names;
    }

    /// <summary>Writes the members of an additional property that the object does not have, and ends the object.</summary>
    public void EndObject(HashSet<string> names, object? additional)
    {
        if (additional is not null &&
            JsonValueToWire.ToElement(additional, SerializerOptions) is { ValueKind: JsonValueKind.Object } members)
        {
            foreach (var member in members.EnumerateObject().Where(member => names.Add(member.Name)))
            {
                member.WriteTo(Writer);
            }
        }

        Writer.WriteEndObject();
    }

    /// <summary>Reserves a name for the call: values of the caller for it are ignored.</summary>
    public void Reserve(string name)
    {
        _ours.Add(name);
        _written?.Add(name);
    }

    public bool BaseHas(string name) => TryGetBase(name, out _);

    public bool TryGetBase(string name, out JsonNode? value)
    {
        value = null;
        return _base is not null && _base.TryGetPropertyValue(name, out value);
    }

    /// <summary>Writes the fields of the base document that were not written yet.</summary>
    public void WriteRestOfBase()
    {
        if (_base is null)
        {
            return;
        }

        foreach (var (name, value) in _base)
        {
            if (IsFirst(name))
            {
                Writer.WritePropertyName(name);
                JsonValueToWire.Write(Writer, value, SerializerOptions);
            }
        }
    }

    /// <summary>Writes an additional property, unless the field was already written.</summary>
    public void WriteAdditional(string name, object? value) => WriteGiven(name, value, $"AdditionalProperties[\"{name}\"]");

    /// <summary>Writes an option of any type, unless the field was already written.</summary>
    public void WriteGiven(string name, object? value, string option)
    {
        if (!IsFirst(name))
        {
            return;
        }

        Writer.WritePropertyName(name);
        try
        {
            JsonValueToWire.Write(Writer, value, SerializerOptions);
        }
        catch (Exception exception) when (JsonValueToWire.IsRefusal(exception))
        {
            throw JsonValueToWire.Refusal($"{_optionsName}.{option}", exception);
        }
    }

    // Names of mapped fields are few and distinct; those of the caller are arbitrary.
    private bool IsFirst(string name) => (_written ??= new HashSet<string>(_ours, StringComparer.Ordinal)).Add(name);

    public void Dispose() => Writer.Dispose();
}
