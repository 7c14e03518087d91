using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Predictions.Inputs;

/// <summary>
/// Objects as <c>dataframe_split</c>. Each is serialized with its contract, and its members are written in column order: that of the
/// contract, or of the first record when it is a dictionary.
/// </summary>
internal sealed class RecordFrame<T>(IEnumerable<T> records, JsonTypeInfo<T>? typeInfo) : InputForm
{
    public override InputCursor Open(JsonSerializerOptions serializerOptions) =>
        new Cursor(records.GetEnumerator(), RecordContract.Of(typeInfo, serializerOptions));

    private sealed class Cursor(IEnumerator<T> records, JsonTypeInfo<T> contract) : InputCursor
    {
        private readonly SegmentedBuffer _record = new();
        private Utf8JsonWriter? _recordWriter;
        private List<string>? _columns = RecordContract.Columns(contract);
        private Range?[] _cells = [];
        private int _row = -1;

        public override string Member => "dataframe_split";

        public override bool TryWriteRow(Utf8JsonWriter writer)
        {
            if (!records.MoveNext())
            {
                return false;
            }

            _row++;
            _record.Clear();
            _recordWriter ??= JsonWriting.CreateWriter(_record);
            _recordWriter.Reset();
            RecordContract.Write(_recordWriter, records.Current, contract, _row);
            _recordWriter.Flush();

            var json = _record.Contiguous();
            ReadCells(json);
            writer.WriteStartArray();
            for (var column = 0; column < _cells.Length; column++)
            {
                writer.WriteRawValue(
                    _cells[column] is { } range ? json[range] : LeftOut(_columns![column]), skipInputValidation: true);
            }

            writer.WriteEndArray();
            return true;
        }

        // The contract may omit nulls; one that omits zeros would turn them into missing values.
        private ReadOnlySpan<byte> LeftOut(string column) => RecordContract.IsNullWhenLeftOut(contract, column)
            ? "null"u8
            : throw InputExceptions.Invalid(
                $"Record {_row} omits '{column}', which cannot be null. Use a contract that writes defaults, or that ignores only nulls.");

        private void ReadCells(ReadOnlySpan<byte> json)
        {
            // Where the contract allows NaN, it was written as Python reads it.
            var reader = new Utf8JsonReader(
                NonFiniteNumbers.AreAllowed(contract.Options) && PythonJson.MayOccur(json) ? PythonJson.Masked(json) ?? json : json);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                throw InputExceptions.Invalid(
                    $"Record {_row} is serialized as {reader.TokenType}, not as an object with columns.");
            }

            var learns = _columns is null;
            _columns ??= [];
            var cells = _cells.Length == _columns.Count ? _cells : new Range?[_columns.Count];
            Array.Clear(cells);
            for (var position = 0; reader.NextProperty(); position++)
            {
                var place = PlaceOf(ref reader, position, learns);
                var start = (int)reader.BytesConsumed;
                reader.Read();
                reader.Skip();
                if (place == cells.Length)
                {
                    Array.Resize(ref cells, place + 1);
                }

                cells[place] = start..(int)reader.BytesConsumed;
            }

            _cells = cells;
        }

        // Records usually have the same member order, so the name is compared with the expected column before a lookup.
        private int PlaceOf(ref Utf8JsonReader reader, int position, bool learns)
        {
            if (position < _columns!.Count && reader.ValueTextEquals(_columns[position]))
            {
                return position;
            }

            var name = reader.GetString()!;
            var place = _columns.IndexOf(name);
            if (place < 0 && !learns)
            {
                throw InputExceptions.Invalid(
                    $"Record {_row} has a member '{name}', which is not a column. The columns are {string.Join(", ", _columns)}.");
            }

            if (place < 0)
            {
                place = _columns.Count;
                _columns.Add(name);
            }

            return place;
        }

        public override void WriteHead(Utf8JsonWriter writer) => FrameToWire.WriteHead(writer, _columns!);

        public override void WriteTail(Utf8JsonWriter writer) => FrameToWire.WriteTail(writer);

        public override void Dispose()
        {
            _recordWriter?.Dispose();
            _record.Dispose();
            records.Dispose();
            base.Dispose();
        }
    }
}
