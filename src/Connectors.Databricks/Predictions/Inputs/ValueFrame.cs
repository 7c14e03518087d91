using System.Text.Json;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Predictions.Inputs;

/// <summary>Columns and rows of plain values as <c>dataframe_split</c>.</summary>
internal sealed class ValueFrame(IReadOnlyList<string> columns, IEnumerable<IEnumerable<object?>> rows) : InputForm
{
    public override InputCursor Open(JsonSerializerOptions serializerOptions) =>
        new Cursor(columns, rows.GetEnumerator(), serializerOptions);

    private sealed class Cursor(IReadOnlyList<string> columns, IEnumerator<IEnumerable<object?>> rows, JsonSerializerOptions options)
        : InputCursor
    {
        private int _row = -1;

        public override string Member => "dataframe_split";

        public override bool TryWriteRow(Utf8JsonWriter writer)
        {
            if (!rows.MoveNext())
            {
                return false;
            }

            _row++;
            var cell = 0;
            writer.WriteStartArray();
            foreach (var value in rows.Current ?? throw InputExceptions.Invalid($"Row {_row} is null. Remove it."))
            {
                WriteCell(writer, value, cell++);
            }

            writer.WriteEndArray();
            return cell == columns.Count
                ? true
                : throw InputExceptions.Invalid($"Row {_row} has {cell} values for {columns.Count} columns.");
        }

        private void WriteCell(Utf8JsonWriter writer, object? value, int cell)
        {
            if (value is byte[] bytes)
            {
                // Binary columns are base64 in JSON.
                writer.WriteBase64StringValue(bytes);
                return;
            }

            try
            {
                JsonValueToWire.Write(writer, value, options, NonFiniteNumbers.AreAllowed(options));
            }
            catch (Exception exception) when (JsonValueToWire.IsRefusal(exception))
            {
                var column = cell < columns.Count ? $"'{columns[cell]}'" : $"{cell}";
                throw JsonValueToWire.Refusal($"The value of column {column} in row {_row}", exception);
            }
        }

        public override void WriteHead(Utf8JsonWriter writer) => FrameToWire.WriteHead(writer, columns);

        public override void WriteTail(Utf8JsonWriter writer) => FrameToWire.WriteTail(writer);

        public override void Dispose()
        {
            rows.Dispose();
            base.Dispose();
        }
    }
}
