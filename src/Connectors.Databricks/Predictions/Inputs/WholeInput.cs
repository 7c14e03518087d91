using System.Text.Json;

namespace Connectors.Databricks.Predictions.Inputs;

/// <summary>An input without rows, which is never split.</summary>
internal sealed class WholeInput(string member, Action<Utf8JsonWriter, JsonSerializerOptions> write) : InputForm
{
    public override InputCursor Open(JsonSerializerOptions serializerOptions) => new Cursor(member, write, serializerOptions);

    private sealed class Cursor(string member, Action<Utf8JsonWriter, JsonSerializerOptions> write, JsonSerializerOptions options)
        : InputCursor
    {
        private bool _isWritten;

        public override string Member => member;

        public override bool TryWriteRow(Utf8JsonWriter writer)
        {
            if (_isWritten)
            {
                return false;
            }

            write(writer, options);
            return _isWritten = true;
        }

        public override void WriteHead(Utf8JsonWriter writer) => writer.WritePropertyName(member);

        public override void WriteTail(Utf8JsonWriter writer)
        {
        }
    }
}
