using System.Text.Json;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Chat.Requests;

/// <summary>The members of a stored item that decide whether it is sent back, as ranges of its document: one pass.</summary>
internal sealed class StoredItemFacts
{
    private readonly ReadOnlyMemory<byte> _document;
    private Range? _id;
    private Range? _callId;
    private Range? _name;
    private Range? _arguments;
    private Range? _output;
    private Range? _encrypted;
    private Range? _summary;
    private Range? _content;

    private StoredItemFacts(ReadOnlyMemory<byte> document) => _document = document;

    /// <summary>The type of the item; empty when it has none.</summary>
    public string Type { get; private set; } = string.Empty;

    /// <summary>Whether it is a message, whose type agents may leave out.</summary>
    public bool IsMessage => Type == "message" || (Type.Length == 0 && _content is not null);

    public bool IsReasoning => Type == "reasoning";

    /// <summary>The encrypted content; null when there is none.</summary>
    public string? EncryptedContent => RawJson.Text(Raw(_encrypted));

    public ReadOnlySpan<byte> Id => Raw(_id);

    public ReadOnlySpan<byte> CallId => Raw(_callId);

    public ReadOnlySpan<byte> Name => Raw(_name);

    public ReadOnlySpan<byte> Arguments => Raw(_arguments);

    public ReadOnlySpan<byte> Output => Raw(_output);

    public ReadOnlySpan<byte> Summary => Raw(_summary);

    public ReadOnlySpan<byte> Content => Raw(_content);

    /// <summary>Reads the item that the reader is positioned on, to its end.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="document">The bytes that it reads.</param>
    public static StoredItemFacts Read(ref Utf8JsonReader reader, ReadOnlyMemory<byte> document)
    {
        var facts = new StoredItemFacts(document);
        if (reader.IsOrSkip(JsonTokenType.StartObject))
        {
            while (reader.NextProperty())
            {
                facts.ReadMember(ref reader);
            }
        }

        return facts;
    }

    private void ReadMember(ref Utf8JsonReader reader)
    {
        if (reader.Is("type"u8))
        {
            reader.Read();
            Type = reader.TokenType != JsonTokenType.String ? Type :
                reader.Is("message"u8) ? "message" :
                reader.Is("reasoning"u8) ? "reasoning" :
                reader.Is("function_call"u8) ? "function_call" :
                reader.GetString()!;
            reader.Skip();
        }
        else if (reader.Is("id"u8))
        {
            _id = NextRange(ref reader);
        }
        else if (reader.Is("call_id"u8))
        {
            _callId = NextRange(ref reader);
        }
        else if (reader.Is("name"u8))
        {
            _name = NextRange(ref reader);
        }
        else if (reader.Is("arguments"u8))
        {
            _arguments = NextRange(ref reader);
        }
        else if (reader.Is("output"u8))
        {
            _output = NextRange(ref reader);
        }
        else if (reader.Is("encrypted_content"u8))
        {
            _encrypted = NextRange(ref reader);
        }
        else if (reader.Is("summary"u8))
        {
            _summary = NextRange(ref reader);
        }
        else if (reader.Is("content"u8))
        {
            _content = NextRange(ref reader);
        }
        else
        {
            reader.Skip();
        }
    }

    private static Range NextRange(ref Utf8JsonReader reader)
    {
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return start..(int)reader.BytesConsumed;
    }

    private ReadOnlySpan<byte> Raw(Range? range) => range is { } given ? _document.Span[given] : default;
}
