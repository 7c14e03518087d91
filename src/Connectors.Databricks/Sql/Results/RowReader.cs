using System.Text;
using System.Text.Json;

namespace Connectors.Databricks.Sql.Results;

/// <summary>Reads one row at a time of a JSON array of rows, which JsonBounds.Require has checked.</summary>
internal sealed class RowReader(ReadOnlyMemory<byte> rows, int columns, JsonReaderOptions options)
{
    private JsonReaderState _state = new(options);
    private int _offset;
    private bool _isInside;

    /// <summary>Reads the next row.</summary>
    /// <returns>Its values; null after the last row.</returns>
    /// <exception cref="JsonException">It is not an array of rows with as many values as there are columns.</exception>
    public string?[]? Read()
    {
        var reader = new Utf8JsonReader(rows.Span[_offset..], isFinalBlock: true, _state);
        if (!_isInside)
        {
            reader.Read();
            Require(reader.TokenType == JsonTokenType.StartArray, "The rows are not an array.");
            _isInside = true;
        }

        reader.Read();
        if (reader.TokenType == JsonTokenType.EndArray)
        {
            Require(!reader.Read(), "There is more after the rows.");
            return null;
        }

        Require(reader.TokenType == JsonTokenType.StartArray, "A row is not an array.");
        var cells = new string?[columns];
        for (var column = 0; column < columns; column++)
        {
            reader.Read();
            Require(reader.TokenType != JsonTokenType.EndArray, "A row has fewer values than columns.");
            cells[column] = Cell(ref reader);
        }

        reader.Read();
        Require(reader.TokenType == JsonTokenType.EndArray, "A row has more values than columns.");
        _offset += (int)reader.BytesConsumed;
        _state = reader.CurrentState;
        return cells;
    }

    // The service sends text; other values are kept in the form that they have.
    private static string? Cell(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.String:
                return reader.GetString();
            case JsonTokenType.StartArray or JsonTokenType.StartObject:
                return JsonElement.ParseValue(ref reader).GetRawText();
            default:
                return Encoding.UTF8.GetString(reader.ValueSpan);
        }
    }

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new JsonException(message);
        }
    }
}
