using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Extensions;
using Connectors.Databricks.Emulator.Http;
using Connectors.Databricks.Emulator.Json;
using Connectors.Databricks.Emulator.Sql.Engine;
using Connectors.Databricks.Emulator.Sql.Parsing;
using Connectors.Databricks.Emulator.Sql.Storage;

namespace Connectors.Databricks.Emulator.Sql.Statements;

/// <summary>The Statement Execution API.</summary>
internal sealed class StatementApi : IEmulatedApi
{
    private readonly DatabricksEmulator _emulator;
    private readonly EmulatedSqlWarehouseOptions _options;
    private readonly ConcurrentDictionary<string, StatementRun> _runs = new(StringComparer.Ordinal);
    private readonly StatementDocuments _documents;

    public StatementApi(DatabricksEmulator emulator, EmulatedSqlWarehouseOptions options)
    {
        (_emulator, _options) = (emulator, options);
        _documents = new StatementDocuments(options.RowsPerChunk, Link);
        Storage = new StorageServer(emulator.Clock, ReadChunk);
    }

    /// <summary>Unconfirmed: the name of the scope for this API.</summary>
    public string Scope => "sql";

    public Database Database { get; } = new();

    public StorageServer Storage { get; }

    public ConcurrentQueue<SqlException> Failures { get; } = new();

    /// <summary>Statements wait for it before they run.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public IEnumerable<StatementRun> Runs => _runs.Values.OrderBy(run => run.StartedAt);

    public bool Serves(string[] segments) => segments is ["api", "2.0", "sql", "statements", ..];

    public async Task<BodyResponse> RespondAsync(EmulatedApiCall call, CancellationToken cancellationToken)
    {
        try
        {
            await Storage.StartAsync(cancellationToken).ConfigureAwait(false);
            return (call.Method, call.Segments[4..]) switch
            {
                ("POST", []) => await SubmitAsync(call, cancellationToken).ConfigureAwait(false),
                ("GET", [var id]) => Get(Find(id)),
                ("GET", [var id, "result", "chunks", var chunk]) => Chunk(Find(id), chunk),
                ("POST", [var id, "cancel"]) => Cancel(Find(id)),
                _ => ServerResponse.Error(404, "ENDPOINT_NOT_FOUND", "No API found for this path."),
            };
        }
        catch (ApiErrorException exception)
        {
            return ServerResponse.Error(exception.Status, exception.ErrorCode, exception.Message);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var run in _runs.Values)
        {
            run.Cancel();
        }

        await Task.WhenAll(_runs.Values.Select(run => run.Completion)).ConfigureAwait(false);
        await Storage.DisposeAsync().ConfigureAwait(false);
        Database.Dispose();
    }

    private async Task<BodyResponse> SubmitAsync(EmulatedApiCall call, CancellationToken cancellationToken)
    {
        var json = call.Json ?? throw new ApiErrorException(400, "MALFORMED_REQUEST", "The body is not a JSON object.");
        if (json.Text("warehouse_id") != _options.WarehouseId)
        {
            // Unconfirmed: the code and the text.
            throw ApiErrorException.Missing($"SQL warehouse {json.Text("warehouse_id")} does not exist.");
        }

        var request = StatementRequest.Read(json);
        var run = new StatementRun(call.Id, request, _emulator.Clock.GetUtcNow());
        _runs[run.Id] = run;
        run.Completion = RunAsync(run, call.Authorization);
        if (request.Wait > TimeSpan.Zero)
        {
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var limit = Task.Delay(request.Wait, _emulator.Clock, waiting.Token);
            await Task.WhenAny(run.Completion, limit).ConfigureAwait(false);
            await waiting.CancelAsync().ConfigureAwait(false);
            if (request.CancelsOnTimeout && !run.Completion.IsCompleted)
            {
                run.Cancel();
            }
        }

        return ServerResponse.Json(200, _documents.Describe(run, run.FirstState(request.Wait > TimeSpan.Zero)));
    }

    private async Task RunAsync(StatementRun run, string? authorization)
    {
        try
        {
            await Gate.WaitAsync(run.Canceled).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        await Task.Run(() => run.Run(stop => Execute(run, authorization, stop)), CancellationToken.None).ConfigureAwait(false);
    }

    private ResultTable Execute(StatementRun run, string? authorization, CancellationToken cancellationToken)
    {
        if (Failures.TryDequeue(out var failure))
        {
            throw failure;
        }

        var request = run.Request;
        var number = Database.NewStatement();
        var translation = new Translator(
            request.Statement,
            new ParserContext(
                request.Catalog ?? _options.Catalog, request.Schema ?? _options.Schema, request.Parameters, _emulator.Clock.GetUtcNow())
            {
                FirstCall = Database.FirstCall(number),
                AllowsMarkersInAiQuery = _options.AllowParameterMarkersInAiQuery,
            }).Translate();
        run.Models = new ModelQuery(_emulator, authorization, translation.Calls, cancellationToken);
        var table = Database.Execute(translation, number, run.Models, request.RowLimit, cancellationToken);

        // Unconfirmed: how a result that is too large ends.
        return !request.UsesLinks && table.Rows.Sum(row => row.Sum(cell => (long)(cell?.Length ?? 4) + 3)) > _options.InlineByteLimit
            ? throw new SqlException("RESOURCE_EXHAUSTED", "Inline byte limit exceeded. Use the disposition EXTERNAL_LINKS.")
            : table;
    }

    private StatementRun Find(string id) =>
        _runs.TryGetValue(id, out var run) && _emulator.Clock.GetUtcNow() - run.StartedAt < _options.ResultLifetime
            ? run
            : throw new ApiErrorException(404, "NOT_FOUND", $"The statement {id} was not found.");

    private BodyResponse Get(StatementRun run) => ServerResponse.Json(200, _documents.Describe(run, run.Poll()));

    private static BodyResponse Cancel(StatementRun run)
    {
        run.Cancel();
        return new BodyResponse(200, "application/json", []);
    }

    private BodyResponse Chunk(StatementRun run, string text)
    {
        if (run.State != "SUCCEEDED")
        {
            throw ApiErrorException.WrongState($"The statement {run.Id} has no result.");
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && index < Math.Max(1, _documents.ChunkCount(run.Result))
            ? ServerResponse.Json(200, _documents.Chunk(run, index))
            : throw new ApiErrorException(404, "NOT_FOUND", $"The statement {run.Id} has no chunk {text}.");
    }

    private JsonObject Link(StatementRun run, int chunk)
    {
        var expiration = _emulator.Clock.GetUtcNow() + _options.LinkLifetime;
        return new JsonObject
        {
            ["external_link"] = Storage.Link(run.Id, chunk, expiration).ToString(),
            ["expiration"] = expiration.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
        };
    }

    private byte[]? ReadChunk(string id, int chunk)
    {
        if (!_runs.TryGetValue(id, out var run) || chunk >= _documents.ChunkCount(run.Result))
        {
            return null;
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            foreach (var row in _documents.RowsOf(run.Result, chunk))
            {
                writer.WriteStartArray();
                foreach (var cell in row)
                {
                    writer.WriteStringValue(cell);
                }

                writer.WriteEndArray();
            }

            writer.WriteEndArray();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
