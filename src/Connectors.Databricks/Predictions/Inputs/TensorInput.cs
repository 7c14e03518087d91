using System.Text.Json;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Predictions.Inputs;

/// <summary>
/// Tensors as <c>instances</c> or <c>inputs</c>: row by row, a tensor without a name as a list of rows and named tensors as a list of
/// objects.
/// </summary>
internal sealed class TensorInput(string member, IReadOnlyList<KeyValuePair<string?, DatabricksTensor>> tensors) : InputForm
{
    public override InputCursor Open(JsonSerializerOptions serializerOptions) => new Cursor(
        member, tensors, NonFiniteNumbers.AreAllowed(serializerOptions));

    private sealed class Cursor(
        string member, IReadOnlyList<KeyValuePair<string?, DatabricksTensor>> tensors, bool allowsNonFinite) : InputCursor
    {
        private readonly int[][] _shapes = [.. tensors.Select(tensor => tensor.Value.Shape.Skip(1).ToArray())];
        private int _row;

        public override string Member => member;

        public override bool TryWriteRow(Utf8JsonWriter writer)
        {
            if (_row >= tensors[0].Value.Shape[0])
            {
                return false;
            }

            if (tensors[0].Key is null)
            {
                tensors[0].Value.Values.WriteRow(writer, _row, _shapes[0], allowsNonFinite);
            }
            else
            {
                WriteNamed(writer);
            }

            _row++;
            return true;
        }

        private void WriteNamed(Utf8JsonWriter writer)
        {
            writer.WriteStartObject();
            for (var i = 0; i < tensors.Count; i++)
            {
                writer.WritePropertyName(tensors[i].Key!);
                tensors[i].Value.Values.WriteRow(writer, _row, _shapes[i], allowsNonFinite);
            }

            writer.WriteEndObject();
        }

        public override void WriteHead(Utf8JsonWriter writer) => writer.WriteStartArray(member);

        public override void WriteTail(Utf8JsonWriter writer) => writer.WriteEndArray();
    }
}
