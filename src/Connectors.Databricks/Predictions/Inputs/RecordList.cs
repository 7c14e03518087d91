using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Connectors.Databricks.Predictions.Inputs;

/// <summary>Objects as <c>dataframe_records</c>, each with its member names.</summary>
internal sealed class RecordList<T>(IEnumerable<T> records, JsonTypeInfo<T>? typeInfo) : InputForm
{
    public override InputCursor Open(JsonSerializerOptions serializerOptions) =>
        new Cursor(records.GetEnumerator(), RecordContract.Of(typeInfo, serializerOptions));

    private sealed class Cursor(IEnumerator<T> records, JsonTypeInfo<T> contract) : InputCursor
    {
        private int _row = -1;

        public override string Member => "dataframe_records";

        public override bool TryWriteRow(Utf8JsonWriter writer)
        {
            if (!records.MoveNext())
            {
                return false;
            }

            RecordContract.Write(writer, records.Current, contract, ++_row);
            return true;
        }

        public override void WriteHead(Utf8JsonWriter writer) => writer.WriteStartArray("dataframe_records"u8);

        public override void WriteTail(Utf8JsonWriter writer) => writer.WriteEndArray();

        public override void Dispose()
        {
            records.Dispose();
            base.Dispose();
        }
    }
}
