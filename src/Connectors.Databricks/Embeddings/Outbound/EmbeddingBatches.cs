using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Connectors.Databricks.Transport;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Embeddings.Outbound;

/// <summary>
/// Splits the inputs of a call into requests, by number and by body size. The inputs are enumerated lazily and are never buffered as a
/// whole. Not thread-safe.
/// </summary>
internal sealed class EmbeddingBatches : IDisposable
{
    private readonly IEnumerator<string> _values;
    private readonly EmbeddingRequest _request;
    private readonly DatabricksEmbeddingOptions _limits;
    private readonly JsonSerializerOptions _serializerOptions;

    private readonly SegmentedBuffer _aside = new();
    private bool _hasNext;
    private int _taken;

    public EmbeddingBatches(
        IEnumerable<string> values, EmbeddingRequest request, DatabricksEmbeddingOptions limits, JsonSerializerOptions serializerOptions)
    {
        _request = request;
        _limits = limits;
        _serializerOptions = serializerOptions;
        _values = values.GetEnumerator();
        try
        {
            DrawNext();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Writes the next request; returns false when there are no more inputs.</summary>
    public bool TryNext([NotNullWhen(true)] out EmbeddingBatch? batch)
    {
        batch = null;
        if (!_hasNext)
        {
            return false;
        }

        using var document = EmbeddingRequestToWire.Begin(_request, _serializerOptions);
        try
        {
            var first = _taken;
            var headLength = (int)document.Buffer.Length;
            WriteInputs(document, first);
            EmbeddingRequestToWire.End(document);
            batch = new EmbeddingBatch(
                first, _taken - first, IsOnly: first == 0 && !_hasNext, new RequestBody(document.Buffer), headLength);
            return true;
        }
        catch
        {
            document.Buffer.Dispose();
            throw;
        }
    }

    private void WriteInputs(RequestDocument document, int first)
    {
        var writer = document.Writer;
        for (; _hasNext; Take())
        {
            var isFirst = _taken == first;
            if (!isFirst && _taken - first == _limits.MaxInputsPerRequest)
            {
                return;
            }

            var text = _values.Current;
            var length = writer.BytesCommitted + writer.BytesPending + EmbeddingRequestToWire.EndLength;
            if (isFirst || length + LongestJson(text) <= _limits.MaxRequestBytes)
            {
                writer.WriteStringValue(text);
            }
            else if (!TryWriteExact(writer, text, length))
            {
                return;
            }
        }
    }

    // A character takes at most six bytes, as an escape; plus two quotes and a comma.
    private static long LongestJson(string text) => (6L * text.Length) + 3;

    // Near the limit, the text is first written to a separate buffer, because its length is known only then.
    private bool TryWriteExact(Utf8JsonWriter writer, string text, long length)
    {
        _aside.Clear();
        using var asideWriter = JsonWriting.CreateWriter(_aside);
        asideWriter.WriteStringValue(text);
        asideWriter.Flush();
        if (length + 1 + _aside.Length > _limits.MaxRequestBytes)
        {
            return false;
        }

        writer.WriteRawValue(_aside.Contiguous(), skipInputValidation: true);
        return true;
    }

    private void Take()
    {
        _taken++;
        DrawNext();
    }

    private void DrawNext()
    {
        _hasNext = _values.MoveNext();
        if (_hasNext && _values.Current is null)
        {
            throw new ArgumentException($"Input {_taken} is null. Every input must be a string.", "values");
        }
    }

    public void Dispose()
    {
        _aside.Dispose();
        _values.Dispose();
    }
}
