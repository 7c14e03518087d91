using System.Text.Json;
using System.Text.Json.Nodes;

namespace Connectors.Databricks.Wire;

/// <summary>
/// The top level of a request body. Three hands write it: the caller's base document goes first, our mappings fill what it left unset,
/// and additional properties fill what is still unset. No field is written twice.
/// </summary>
internal sealed class RequestDocument : IDisposable
{
    private readonly JsonObject? _base;
    private readonly string _optionsName;
    private readonly List<string> _ours = new(capacity: 8);
    private HashSet<string>? _written;

    /// <param name="baseDocument">What the caller starts from.</param>
    /// <param name="serializerOptions">Writes values of the caller's own types.</param>
    /// <param name="optionsName">The type whose additional properties are written, as a message names it.</param>
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

    /// <summary>Starts a field of ours; false when the base document has set it.</summary>
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

    /// <summary>The same, for a name that needs no look at its characters.</summary>
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
    /// Starts an array of ours behind the items that the base document has in it (a single value counts as one item).
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

    /// <summary>Keeps a name for the call itself: nothing that the caller gives under it is written.</summary>
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

    /// <summary>The base document's fields that no mapping of ours has taken up.</summary>
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

    /// <summary>A field that the caller gave by name, unless it stands there already.</summary>
    public void WriteAdditional(string name, object? value) => WriteGiven(name, value, $"AdditionalProperties[\"{name}\"]");

    /// <summary>A field that the caller gave in an option of any type, unless it stands there already.</summary>
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

    // Our own names are few and differ; what the caller gives may be anything.
    private bool IsFirst(string name) => (_written ??= new HashSet<string>(_ours, StringComparer.Ordinal)).Add(name);

    public void Dispose() => Writer.Dispose();
}
