using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Connectors.Databricks.Transport;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Embeddings.Outbound;

/// <summary>
/// Cuts the inputs of a call into requests, by count and by the bytes of the body. Inputs are drawn as requests need them, so a sequence
/// that is read from somewhere is never held whole. Not thread-safe.
/// </summary>
internal sealed class EmbeddingBatches : IDisposable
{
    private readonly IEnumerator<string> _values;
    private readonly EmbeddingRequest _request;
    private readonly DatabricksEmbeddingOptions _limits;
    private readonly JsonSerializerOptions _serializerOptions;

    // The next input as JSON: whether it still fits is known only when it has been written.
    private readonly SegmentedBuffer _next = new();
    private readonly Utf8JsonWriter _nextWriter;
    private bool _hasNext;
    private int _taken;

    public EmbeddingBatches(
        IEnumerable<string> values, EmbeddingRequest request, DatabricksEmbeddingOptions limits, JsonSerializerOptions serializerOptions)
    {
        _request = request;
        _limits = limits;
        _serializerOptions = serializerOptions;
        _nextWriter = JsonWriting.CreateWriter(_next);
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

    /// <summary>Writes the next request; false when every input has gone.</summary>
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
            WriteInputs(document, first);
            EmbeddingRequestToWire.End(document);
            batch = new EmbeddingBatch(first, _taken - first, IsOnly: first == 0 && !_hasNext, new RequestBody(document.Buffer));
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
        var length = document.Buffer.Length + EmbeddingRequestToWire.EndLength;
        do
        {
            // A comma stands before every input but the first.
            length += _next.Length + (_taken > first ? 1 : 0);
            if (_taken > first && (_taken - first == _limits.MaxInputsPerRequest || length > _limits.MaxRequestBytes))
            {
                return;
            }

            document.Writer.WriteRawValue(_next.Contiguous(), skipInputValidation: true);
            _taken++;
            DrawNext();
        }
        while (_hasNext);
    }

    private void DrawNext()
    {
        _hasNext = _values.MoveNext();
        if (_hasNext)
        {
            _next.Clear();
            _nextWriter.Reset();
            _nextWriter.WriteStringValue(
                _values.Current ?? throw new ArgumentException($"Input {_taken} is null. Every input must be a text.", "values"));
            _nextWriter.Flush();
        }
    }

    public void Dispose()
    {
        _nextWriter.Dispose();
        _next.Dispose();
        _values.Dispose();
    }
}
