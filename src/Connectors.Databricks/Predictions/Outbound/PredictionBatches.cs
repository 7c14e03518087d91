using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Connectors.Databricks.Transport;
using Connectors.Databricks.Wire;
using Connectors.Databricks.Predictions.Inputs;

namespace Connectors.Databricks.Predictions.Outbound;

/// <summary>Splits the rows of a call into requests, by number and by body size. Not thread-safe.</summary>
internal sealed class PredictionBatches : IDisposable
{
    /// <summary>The end of the longest input format, <c>dataframe_split</c>, and of the document.</summary>
    private const int EndLength = 3;

    private readonly InputCursor _rows;
    private readonly DatabricksPredictionOptions _options;
    private readonly JsonSerializerOptions _serializerOptions;

    // The next row as JSON: whether it fits is known only after it is written.
    private readonly SegmentedBuffer _next = new();
    private readonly Utf8JsonWriter _nextWriter;
    private bool _hasNext;
    private int _taken;

    public PredictionBatches(DatabricksPredictionInput input, DatabricksPredictionOptions options, JsonSerializerOptions serializerOptions)
    {
        _options = options;
        _serializerOptions = serializerOptions;
        _nextWriter = JsonWriting.CreateWriter(_next);
        _rows = input.Form.Open(serializerOptions);
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

    /// <summary>Writes the next request; returns false when there are no more rows.</summary>
    public bool TryNext([NotNullWhen(true)] out PredictionBatch? batch)
    {
        batch = null;
        if (!_hasNext)
        {
            return false;
        }

        using var document = new RequestDocument(null, _serializerOptions, nameof(DatabricksPredictionOptions));
        try
        {
            var first = _taken;
            WriteBegin(document);
            WriteRows(document, first);
            _rows.WriteTail(document.Writer);
            document.Writer.WriteEndObject();
            document.Writer.Flush();
            batch = new PredictionBatch(first, _taken - first, IsOnly: first == 0 && !_hasNext, new RequestBody(document.Buffer));
            return true;
        }
        catch
        {
            document.Buffer.Dispose();
            throw;
        }
    }

    private void WriteBegin(RequestDocument document)
    {
        document.Writer.WriteStartObject();
        foreach (var name in (ReadOnlySpan<string>)["dataframe_split", "dataframe_records", "instances", "inputs", _rows.Member])
        {
            // The service rejects a body with two inputs, and a duplicate member is invalid.
            document.Reserve(name);
        }

        if (_options.Parameters is { Count: > 0 } parameters)
        {
            document.WriteGiven("params", parameters, nameof(DatabricksPredictionOptions.Parameters));
        }

        foreach (var (name, value) in _options.AdditionalProperties ?? new Dictionary<string, object?>())
        {
            document.WriteAdditional(name, value);
        }

        _rows.WriteHead(document.Writer);
        document.Writer.Flush();
    }

    private void WriteRows(RequestDocument document, int first)
    {
        var length = document.Buffer.Length + EndLength;
        do
        {
            // Every row except the first is preceded by a comma.
            length += _next.Length + (_taken > first ? 1 : 0);
            if (_taken > first && (_taken - first == _options.MaxRowsPerRequest || length > _options.MaxRequestBytes))
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
        _next.Clear();
        _nextWriter.Reset();
        _hasNext = _rows.TryWriteRow(_nextWriter);
        _nextWriter.Flush();
    }

    public void Dispose()
    {
        _nextWriter.Dispose();
        _next.Dispose();
        _rows.Dispose();
    }
}
