using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Connectors.Databricks.Transport;
using Connectors.Databricks.Wire;
using Connectors.Databricks.Predictions.Inputs;

namespace Connectors.Databricks.Predictions.Outbound;

/// <summary>Cuts the rows of a call into requests, by count and by the bytes of the body. Not thread-safe.</summary>
internal sealed class PredictionBatches : IDisposable
{
    /// <summary>What closes the longest form, <c>dataframe_split</c>, and the document.</summary>
    private const int EndLength = 3;

    private readonly InputCursor _rows;
    private readonly DatabricksPredictionOptions _options;
    private readonly JsonSerializerOptions _serializerOptions;

    // The next row as JSON: whether it still fits is known only when it has been written.
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

    /// <summary>Writes the next request; false when every row has gone.</summary>
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
            // A body with two inputs is a 400, and one with a member twice is no body.
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
            // A comma stands before every row but the first.
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
