using System.Net;
using System.Text.Json;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Embeddings;

/// <summary>Inputs that need several requests: side by side, in order, and all or nothing.</summary>
public class SplitRequestsTests
{
    [Fact]
    public async Task Vectors_come_in_the_order_of_the_inputs_whatever_order_the_answers_have()
    {
        using var service = new HeldService();
        var embedding = service.Generator(new() { MaxInputsPerRequest = 2 }).GenerateAsync(Vectors.Texts(8));
        await service.Arrived(4);

        service.Answer("text 6", "text 4", "text 2", "text 0");

        var all = await embedding;
        Assert.Equal(Enumerable.Range(0, 8).Select(i => (float)i), all.Select(vector => vector.Vector.Span[0]));
        Assert.Equal((8L, 8L), (all.Usage!.InputTokenCount, all.Usage.TotalTokenCount));
    }

    [Fact]
    public async Task No_more_requests_are_under_way_than_allowed()
    {
        using var service = new HeldService();
        var embedding = service.Generator(new() { MaxInputsPerRequest = 1, MaxConcurrentRequests = 3 }).GenerateAsync(Vectors.Texts(5));

        await service.Arrived(3);
        Assert.Equal(3, service.EndpointWait);
        service.Answer("text 1");
        await service.Arrived(4);
        Assert.Equal(3, service.EndpointWait);
        service.Answer("text 0", "text 2", "text 3");
        await service.Arrived(5);
        service.Answer("text 4");

        Assert.Equal(5, (await embedding).Count);
    }

    [Fact]
    public async Task Four_requests_are_under_way_unless_told_otherwise()
    {
        using var service = new HeldService();
        var embedding = service.Generator(new() { MaxInputsPerRequest = 1 }).GenerateAsync(Vectors.Texts(5));

        await service.Arrived(4);
        Assert.Equal(4, service.EndpointWait);
        service.Answer("text 0", "text 1", "text 2", "text 3");
        await service.Arrived(5);
        service.Answer("text 4");
        await embedding;
    }

    [Fact]
    public async Task A_limit_without_an_end_starts_no_more_than_there_are_requests()
    {
        using var service = new HeldService();
        var limits = new DatabricksEmbeddingOptions { MaxInputsPerRequest = 1, MaxConcurrentRequests = int.MaxValue };
        var embedding = service.Generator(limits).GenerateAsync(Vectors.Texts(3));
        await service.Arrived(3);

        service.Answer("text 0", "text 1", "text 2");

        Assert.Equal([0f, 1f, 2f], (await embedding).Select(vector => vector.Vector.Span[0]));
    }

    [Fact]
    public async Task Options_that_change_while_requests_are_under_way_change_none_of_them()
    {
        using var service = new HeldService();
        var options = new EmbeddingGenerationOptions { AdditionalProperties = new() { ["instruction"] = "query" } };
        var limits = new DatabricksEmbeddingOptions { MaxInputsPerRequest = 1, MaxConcurrentRequests = 1 };
        var embedding = service.Generator(limits).GenerateAsync(Vectors.Texts(2), options);
        await service.Arrived(1);

        options.AdditionalProperties["instruction"] = "document";
        service.Answer("text 0");
        await service.Arrived(2);
        service.Answer("text 1");

        await embedding;
        Assert.Equal(["query", "query"], service.Instructions);
    }

    [Fact]
    public async Task The_first_failure_cancels_the_rest_and_says_which_inputs_it_held()
    {
        using var service = new HeldService();
        var embedding = service.Generator(new() { MaxInputsPerRequest = 2, MaxConcurrentRequests = 3 }).GenerateAsync(Vectors.Texts(100));
        await service.Arrived(3);

        service.Fail("text 2", HttpStatusCode.Forbidden);

        var exception = await Assert.ThrowsAsync<DatabricksServingException>(() => embedding);
        Assert.StartsWith("Embedding of inputs 2 to 3 on endpoint 'some-endpoint' failed: 403 Forbidden", exception.Message);
        Assert.Equal((3, 2), (service.Count, service.Canceled));
    }

    [Fact]
    public async Task A_request_of_one_input_says_which()
    {
        using var service = new HeldService();
        var embedding = service.Generator(new() { MaxInputsPerRequest = 1 }).GenerateAsync(Vectors.Texts(2));
        await service.Arrived(2);

        service.Fail("text 1", HttpStatusCode.Forbidden);

        Assert.StartsWith(
            "Embedding of input 1 on endpoint 'some-endpoint' failed: 403 Forbidden",
            (await Assert.ThrowsAsync<DatabricksServingException>(() => embedding)).Message);
    }

    [Fact]
    public async Task The_callers_cancellation_cancels_every_request_and_carries_the_callers_token()
    {
        using var service = new HeldService();
        using var cancellation = new CancellationTokenSource();
        var embedding = service.Generator(new() { MaxInputsPerRequest = 1, MaxConcurrentRequests = 3 })
            .GenerateAsync(Vectors.Texts(9), cancellationToken: cancellation.Token);
        await service.Arrived(3);

        await cancellation.CancelAsync();

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => embedding);
        Assert.Equal(cancellation.Token, exception.CancellationToken);
        Assert.Equal((3, 3), (service.Count, service.Canceled));
    }

    [Fact]
    public async Task A_sequence_that_throws_stops_the_requests_and_throws_what_it_threw()
    {
        using var service = new HeldService();
        static IEnumerable<string> Texts()
        {
            yield return "text 0";
            yield return "text 1";
            yield return "text 2";
            throw new InvalidTimeZoneException("The file is gone.");
        }

        var embedding = service.Generator(new() { MaxInputsPerRequest = 1, MaxConcurrentRequests = 2 }).GenerateAsync(Texts());
        await service.Arrived(2);
        service.Answer("text 0");

        Assert.Equal("The file is gone.", (await Assert.ThrowsAsync<InvalidTimeZoneException>(() => embedding)).Message);
    }

    /// <summary>Holds every request until the test answers it, by the first of its inputs.</summary>
    private sealed class HeldService : HttpMessageHandler
    {
        private readonly Dictionary<string, (TaskCompletionSource<HttpResponseMessage> Answer, int Inputs)> _held = [];
        private readonly SemaphoreSlim _arrivals = new(0);
        private int _awaited;

        public int Count { get; private set; }

        public List<string?> Instructions { get; } = [];

        public int EndpointWait => _held.Values.Count(held => !held.Answer.Task.IsCompleted);

        public int Canceled => _held.Values.Count(held => held.Answer.Task.IsCanceled);

        public IEmbeddingGenerator<string, Embedding<float>> Generator(DatabricksEmbeddingOptions limits) =>
            new DatabricksServingClient(
                new VerbatimService().Options(options => options.HttpClient = new HttpClient(this, disposeHandler: false)))
                .GetEmbeddingGenerator("some-endpoint", limits);

        public async Task Arrived(int count)
        {
            for (; _awaited < count; _awaited++)
            {
                await _arrivals.WaitAsync();
            }
        }

        public void Answer(params string[] firstInputs)
        {
            foreach (var text in firstInputs)
            {
                var first = int.Parse(text[5..], System.Globalization.CultureInfo.InvariantCulture);
                var (answer, inputs) = _held[text];
                var items = Enumerable.Range(0, inputs).Select(i => $$"""{"index":{{i}},"embedding":[{{first + i}}]}""");
                answer.TrySetResult(new HttpResponseMessage
                {
                    Content = new StringContent(
                        $$"""{"data":[{{string.Join(',', items)}}],"usage":{"prompt_tokens":{{inputs}},"total_tokens":{{inputs}} } }"""),
                });
            }
        }

        public void Fail(string firstInput, HttpStatusCode status) =>
            _held[firstInput].Answer.TrySetResult(new HttpResponseMessage(status) { Content = new StringContent("") });

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using var document = JsonDocument.Parse(await request.Content!.ReadAsStringAsync(cancellationToken));
            var inputs = document.RootElement.GetProperty("input");
            var answer = new TaskCompletionSource<HttpResponseMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_held)
            {
                Count++;
                Instructions.Add(document.RootElement.TryGetProperty("instruction", out var instruction) ? instruction.GetString() : null);
                _held.Add(inputs[0].GetString()!, (answer, inputs.GetArrayLength()));
            }

            _arrivals.Release();
            await using var registration = cancellationToken.Register(() => answer.TrySetCanceled(cancellationToken));
            return await answer.Task;
        }

        protected override void Dispose(bool disposing)
        {
            _arrivals.Dispose();
            base.Dispose(disposing);
        }
    }
}
