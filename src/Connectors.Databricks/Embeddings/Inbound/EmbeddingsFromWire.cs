using System.Globalization;
using System.Text.Json;
using Connectors.Databricks.Transport;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Embeddings.Inbound;

/// <summary>
/// Reads embeddings while they arrive. <c>Utf8JsonReader</c> reads the document up to the opening bracket of a vector,
/// <see cref="VectorFromWire"/> reads the numbers, and the reader continues at the closing bracket as if the array were empty.
/// </summary>
internal sealed class EmbeddingsFromWire(
    ServingCall call, ServingReply reply, int count, int? dimensions, bool normalizes, DateTimeOffset receivedAt)
{
    /// <summary>Larger than any error, which is read as a whole.</summary>
    private const int LargestWhole = DatabricksResponseLimitOptions.DefaultMaxErrorBytes;

    private readonly EmbeddingSlots _slots = new(call, reply, count, dimensions, normalizes, receivedAt);
    private readonly OtherMembers _others = new();
    private readonly UsageFromWire _usage = new(new ItemBudget(reply.Limits.MaxItems, CancellationToken.None));
    private JsonReaderState _state = new(reply.Json);
    private Place _place;
    private int? _index;
    private float[]? _vector;
    private bool _hasVector;
    private (Place Place, int Depth) _afterSkip;

    private enum Place
    {
        Start,
        Document,
        Data,
        Item,
        Numbers,

        /// <summary>Inside a value that is too large to buffer.</summary>
        Skipped,
        End,
    }

    /// <exception cref="DatabricksServingException">The body is an error, not JSON, or not the requested embeddings.</exception>
    public async Task<EmbeddingsAnswer> ReadAsync(BodyStream body, CancellationToken cancellationToken)
    {
        using var numbers = new VectorFromWire();
        try
        {
            for (var isAll = false; !isAll;)
            {
                await body.ReadMoreAsync(cancellationToken).ConfigureAwait(false);
                isAll = body.IsAtEnd;
                body.Take(Read(body.Unread, isAll, numbers));
            }
        }
        catch (BoundExceededException exception)
        {
            throw ServingExceptions.TooLarge(call, reply, exception.Limit, exception.Name);
        }
        catch (Exception exception) when (JsonReading.IsUnreadable(exception) || exception is FormatException)
        {
            throw ServingExceptions.Malformed(call, reply, exception);
        }

        _others.ThrowIfError(call, reply);
        return new EmbeddingsAnswer(
            _slots.Filled(_others), _usage.ToDetails(), reply.RequestId, reply.ServedModelName, reply.TraceResponse);
    }

    private int Read(ReadOnlySpan<byte> utf8, bool isAll, VectorFromWire numbers)
    {
        var taken = 0;
        while (true)
        {
            if (_place == Place.Numbers)
            {
                taken += numbers.Read(utf8[taken..], isAll, out var isWhole);
                if (!isWhole)
                {
                    return taken;
                }

                _vector = numbers.End();
                _place = Place.Item;
            }

            taken += ReadFrame(utf8[taken..], isAll, numbers);
            if (_place != Place.Numbers)
            {
                return taken;
            }
        }
    }

    // Tokens are read only when they are complete; an incomplete token is read again when more data has arrived.
    private int ReadFrame(ReadOnlySpan<byte> utf8, bool isAll, VectorFromWire numbers)
    {
        var reader = new Utf8JsonReader(utf8, isAll, _state);
        var taken = 0;
        while (_place != Place.Numbers && (_place == Place.Skipped ? TrySkipPiece(ref reader) : TryReadPiece(utf8, ref reader, numbers)))
        {
            taken = (int)reader.BytesConsumed;
            _state = reader.CurrentState;
        }

        return taken;
    }

    private bool TryReadPiece(ReadOnlySpan<byte> utf8, ref Utf8JsonReader reader, VectorFromWire numbers)
    {
        if (!reader.Read())
        {
            return false;
        }

        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName when _place == Place.Item:
                return TryReadItemMember(utf8, ref reader, numbers);
            case JsonTokenType.PropertyName:
                return TryReadMember(utf8, ref reader);
            case JsonTokenType.StartObject when _place == Place.Start:
                _place = Place.Document;
                return true;
            case JsonTokenType.StartObject when _place == Place.Data:
                _place = Place.Item;
                (_index, _vector, _hasVector) = (null, null, false);
                return true;
            case JsonTokenType.EndObject when _place == Place.Item:
                _slots.Fill(_index, _vector);
                _place = Place.Data;
                return true;
            case JsonTokenType.EndObject:
                _place = Place.End;
                return true;
            case JsonTokenType.EndArray:
                // The end of a vector, inside an item, or the end of the data.
                _place = _place == Place.Data ? Place.Document : _place;
                return true;
            case JsonTokenType.StartArray when _place == Place.Start:
                throw OtherMembers.Foreign(call, reply, "a bare list");
            default:
                throw new JsonException($"{reader.TokenType} instead of an embedding.");
        }
    }

    private bool TryReadMember(ReadOnlySpan<byte> utf8, ref Utf8JsonReader reader)
    {
        var value = reader;
        if (!value.Read())
        {
            return false;
        }

        if (value.TokenType == JsonTokenType.StartArray && reader.Is("data"u8))
        {
            reader = value;
            _place = Place.Data;
            return true;
        }

        if (!value.TrySkip())
        {
            return TrySkipLarge(utf8, ref reader);
        }

        // A reader for partial data cannot skip, so the value, which is complete, is read by a separate reader.
        var whole = new Utf8JsonReader(utf8[(int)reader.BytesConsumed..(int)value.BytesConsumed]);
        if (reader.Is("usage"u8))
        {
            _usage.Read(ref whole);
        }
        else if (!reader.Is("object"u8) && !reader.Is("model"u8))
        {
            _others.Read(reader.GetString()!, ref whole, value.BytesConsumed - reader.BytesConsumed);
        }

        reader = value;
        return true;
    }

    private bool TryReadItemMember(ReadOnlySpan<byte> utf8, ref Utf8JsonReader reader, VectorFromWire numbers)
    {
        var value = reader;
        if (!value.Read())
        {
            return false;
        }

        if ((value.TokenType is JsonTokenType.StartArray or JsonTokenType.String) && reader.Is("embedding"u8))
        {
            BeginVector(ref value, numbers);
        }
        else if (reader.Is("index"u8) && value.TokenType != JsonTokenType.Null)
        {
            // An index of another kind does not count as absent: the vector would go to the wrong input.
            _index = ReadIndex(ref value);
        }
        else if (!value.TrySkip())
        {
            return TrySkipLarge(utf8, ref reader);
        }

        reader = value;
        return true;
    }

    private static int ReadIndex(ref Utf8JsonReader value)
    {
        var isNumber = value.TokenType == JsonTokenType.Number && value.TryGetInt32(out _);
        return isNumber ? value.GetInt32()
            : value.TokenType == JsonTokenType.String
                && int.TryParse(value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index
            : throw new JsonException("The index of an embedding is not an integer.");
    }

    // Memory is allocated at the opening bracket of a vector, so an item must not have several.
    private void BeginVector(ref Utf8JsonReader value, VectorFromWire numbers)
    {
        _hasVector = !_hasVector ? true : throw new JsonException("An item has two embeddings.");
        if (value.TokenType == JsonTokenType.StartArray)
        {
            numbers.Begin(_slots.Length);
            _place = Place.Numbers;
        }
        else
        {
            _vector = VectorFromWire.Decode(ref value);
        }
    }

    // A value that fills the buffer is not waited for: it is passed over piece by piece, and nothing of it is kept. The reader is
    // positioned on its name, and the value is an object or an array: a single token has to fit.
    private bool TrySkipLarge(ReadOnlySpan<byte> utf8, ref Utf8JsonReader reader)
    {
        if (utf8.Length - reader.BytesConsumed < LargestWhole || !reader.Read())
        {
            return false;
        }

        _afterSkip = (_place, reader.CurrentDepth);
        _place = Place.Skipped;
        return true;
    }

    private bool TrySkipPiece(ref Utf8JsonReader reader)
    {
        if (!reader.Read())
        {
            return false;
        }

        if (reader.CurrentDepth == _afterSkip.Depth && reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject)
        {
            _place = _afterSkip.Place;
        }

        return true;
    }
}
