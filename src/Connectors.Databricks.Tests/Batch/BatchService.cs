using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Batch;

/// <summary>A chat service for concurrent calls: it repeats the prompt, counts requests by prompt, and can hold or fail some.</summary>
internal sealed class BatchService
{
    private readonly ConcurrentDictionary<string, int> _counts = new();
    private int _running;
    private int _most;

    /// <summary>What a prompt gets; null for a response that repeats it.</summary>
    public Func<string, CancellationToken, Task<HttpResponseMessage?>>? Reply { get; set; }

    /// <summary>How often each prompt was received.</summary>
    public IReadOnlyDictionary<string, int> Counts => _counts;

    /// <summary>The most requests at the same time.</summary>
    public int MostConcurrent => Volatile.Read(ref _most);

    public static HttpResponseMessage Error(HttpStatusCode status, string code, string message = "no") =>
        Json($$"""{"error_code":"{{code}}","message":"{{message}}"}""", status);

    public static HttpResponseMessage Json(string body, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    /// <summary>Requests with the ids and prompts <c>r0</c>, <c>r1</c>, ….</summary>
    public static IEnumerable<DatabricksBatchRequest<ChatResponse>> Requests(int count, int from = 0) =>
        Enumerable.Range(from, count).Select(i => DatabricksBatchRequest.Chat($"r{i}", $"r{i}"));

    public DatabricksServingClient Client(Action<DatabricksServingOptions>? configure = null)
    {
        var options = new DatabricksServingOptions
        {
            Host = Some.Host,
            Credential = DatabricksCredential.FromToken(Some.Token),
            HttpClient = new HttpClient(new Handler(this)) { Timeout = Timeout.InfiniteTimeSpan },
            Resilience = { Retry = null },
        };
        configure?.Invoke(options);
        return new DatabricksServingClient(options, new IsolatedPlatform(options.TimeProvider));
    }

    /// <summary>Runs a batch of <see cref="Requests"/> and returns its results.</summary>
    public Task<List<DatabricksBatchResult<ChatResponse>>> RunAsync(int count, DatabricksBatchOptions options) =>
        RunAsync(Requests(count), options);

    public Task<List<DatabricksBatchResult<ChatResponse>>> RunAsync(
        IEnumerable<DatabricksBatchRequest<ChatResponse>> requests, DatabricksBatchOptions options) =>
        Client().RunBatchAsync(VerbatimService.EndpointName, requests, options).ToListAsync().AsTask();

    private async Task<HttpResponseMessage> RespondAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = JsonElement.Parse(await request.Content!.ReadAsStringAsync(cancellationToken));
        var prompt = body.GetProperty("messages")[0].GetProperty("content").GetString()!;
        _counts.AddOrUpdate(prompt, 1, (_, count) => count + 1);
        var running = Interlocked.Increment(ref _running);
        for (var most = _most; running > most; most = _most)
        {
            Interlocked.CompareExchange(ref _most, running, most);
        }

        try
        {
            await Task.Yield();
            return Reply is { } reply && await reply(prompt, cancellationToken) is { } response
                ? response
                : Json($$$"""{"id":"1","object":"chat.completion","created":1790000000,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"{{{JsonEncodedText.Encode(prompt)}}}"},"finish_reason":"stop"}],"usage":{"prompt_tokens":2,"completion_tokens":3,"total_tokens":5}}""");
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    private sealed class Handler(BatchService service) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            service.RespondAsync(request, cancellationToken);
    }
}
