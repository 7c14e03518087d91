using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Embeddings.Outbound;

public class EmbeddingBatchesTests
{
    [Fact]
    public async Task A_hundred_inputs_are_one_request_and_one_more_makes_two()
    {
        Assert.Equal("100", await SentCounts(Vectors.Texts(100), new()));
        Assert.Equal("100, 1", await SentCounts(Vectors.Texts(101), new()));
    }

    [Fact]
    public async Task Inputs_are_split_by_count() =>
        Assert.Equal("3, 3, 1", await SentCounts(Vectors.Texts(7), new() { MaxInputsPerRequest = 3 }));

    [Fact]
    public async Task A_body_is_filled_to_its_last_byte_and_not_beyond()
    {
        var whole = """{"input":["aaaa","bbbb"]}""".Length;

        Assert.Equal("2, 1", await SentCounts(["aaaa", "bbbb", "c"], new() { MaxRequestBytes = whole }));
        Assert.Equal("1, 2", await SentCounts(["aaaa", "bbbb", "c"], new() { MaxRequestBytes = whole - 1 }));
    }

    [Fact]
    public async Task Bytes_are_counted_as_they_are_written()
    {
        // Nine letters of three bytes, and quotes that are escaped.
        var whole = """{"input":["","\"\"","a"]}""".Length + 27;

        Assert.Equal("3", await SentCounts(["東京東京東京東京東", "\"\"", "a"], new() { MaxRequestBytes = whole }));
        Assert.Equal("2, 1", await SentCounts(["東京東京東京東京東", "\"\"", "a"], new() { MaxRequestBytes = whole - 1 }));
    }

    [Fact]
    public async Task Fields_next_to_the_inputs_count_too()
    {
        var whole = """{"instruction":"Find:","input":["aaaa","bbbb"]}""".Length;

        Assert.Equal("2", await SentCounts(["aaaa", "bbbb"], new() { MaxRequestBytes = whole, Instruction = "Find:" }));
        Assert.Equal("1, 1", await SentCounts(["aaaa", "bbbb"], new() { MaxRequestBytes = whole - 1, Instruction = "Find:" }));
    }

    [Fact]
    public async Task An_input_that_is_too_long_by_itself_goes_alone() =>
        Assert.Equal("1, 1, 1", await SentCounts(["a", new string('b', 10_000), "c"], new() { MaxRequestBytes = 100 }));

    [Fact]
    public async Task Every_request_carries_the_options()
    {
        var service = new VerbatimService().Answers(Vectors.Answer(1)).Answers(Vectors.Answer(1));

        await service.Generator(new() { MaxInputsPerRequest = 1, MaxConcurrentRequests = 1, Dimensions = 1, Instruction = "Find:" })
            .GenerateAsync(["a", "b"]);

        Assert.Equal(
            ["""{"dimensions":1,"instruction":"Find:","input":["a"]}""", """{"dimensions":1,"instruction":"Find:","input":["b"]}"""],
            service.Sent.Select(sent => sent.Body));
    }

    [Fact]
    public async Task Inputs_are_drawn_only_as_requests_need_them()
    {
        var drawn = 0;
        IEnumerable<string> Endless()
        {
            while (true)
            {
                yield return $"text {drawn++}";
            }
        }

        var service = new VerbatimService().Answers(Vectors.Answer(2)).Answers("", System.Net.HttpStatusCode.NotFound);
        await Assert.ThrowsAsync<DatabricksServingException>(
            () => service.Generator(new() { MaxInputsPerRequest = 2, MaxConcurrentRequests = 1 }).GenerateAsync(Endless()));

        Assert.Equal(5, drawn);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(150)]
    public async Task An_input_that_is_null_is_named(int position)
    {
        var texts = Vectors.Texts(200);
        texts[position] = null!;
        var service = new VerbatimService().Answers(Vectors.Answer(100));

        var exception = await Assert.ThrowsAsync<ArgumentException>(() => service.Generator().GenerateAsync(texts));

        Assert.Equal($"Input {position} is null. Every input must be a string. (Parameter 'values')", exception.Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Limits_that_let_nothing_through_are_refused(int limit)
    {
        foreach (var (options, name) in new (DatabricksEmbeddingOptions, string)[]
        {
            (new() { MaxInputsPerRequest = limit }, "MaxInputsPerRequest"),
            (new() { MaxRequestBytes = limit }, "MaxRequestBytes"),
            (new() { MaxConcurrentRequests = limit }, "MaxConcurrentRequests"),
            (new() { Dimensions = limit }, "Dimensions"),
        })
        {
            var exception = Assert.Throws<ArgumentException>(() => new VerbatimService().Generator(options));
            Assert.Equal($"{name} is {limit}. Use 1 or more.", exception.Message);
        }
    }

    private static async Task<string> SentCounts(string[] texts, DatabricksEmbeddingOptions limits)
    {
        limits.MaxConcurrentRequests = 1;
        using var service = new CountingService();
        var serving = new DatabricksServingClient(new VerbatimService().Options(options => options.HttpClient = new HttpClient(service)));
        var all = await serving.GetEmbeddingGenerator("some-endpoint", limits).GenerateAsync(texts);
        Assert.Equal(texts.Length, all.Count);
        return string.Join(", ", service.Counts);
    }

    /// <summary>Answers as many vectors as there are inputs.</summary>
    private sealed class CountingService : HttpMessageHandler
    {
        public List<int> Counts { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using var document = System.Text.Json.JsonDocument.Parse(await request.Content!.ReadAsStringAsync(cancellationToken));
            Counts.Add(document.RootElement.GetProperty("input").GetArrayLength());
            return new HttpResponseMessage { Content = new StringContent(Vectors.Answer(Counts[^1])) };
        }
    }
}
