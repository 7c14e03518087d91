using System.Globalization;
using System.Net;
using System.Text;
using Connectors.Databricks.Management;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Bounds;

/// <summary>Answers whose parts multiply: each costs memory in proportion to its bytes, or is refused.</summary>
public class AmplifiedAnswerTests
{
    private const int Megabyte = 1024 * 1024;

    [Fact]
    public void Errors_inside_errors_are_read_once_at_each_level()
    {
        var body = string.Concat(Enumerable.Repeat("{\"error\":", 40)) + "{}" + new string('}', 40);

        Assert.InRange(Allocated(() => Failure.OfBody(HttpStatusCode.BadRequest, body)), 0, Megabyte / 2);
    }

    [Fact]
    public void A_long_name_of_a_group_of_counts_is_not_repeated_for_each()
    {
        var counts = string.Join(',', Enumerable.Range(0, 1_000).Select(i => $"\"c{i}\":1"));
        var usage = $"\"{new string('g', 10_000)}\":{{{counts}}}";
        var body = """{"choices":[{"message":{"content":"a"}}],"usage":{@}}""".Replace("@", usage, StringComparison.Ordinal);

        Assert.InRange(Allocated(() => Exchange.Reads(body)), 0, Megabyte / 2);
    }

    [Fact]
    public void An_item_has_one_embedding()
    {
        var vector = string.Join(',', Enumerable.Repeat("1", 100_000));
        var again = string.Join(',', Enumerable.Repeat("\"embedding\":[]", 1_000));
        var body = $"{{\"data\":[{{\"index\":0,\"embedding\":[{vector}]}},{{{again}}}]}}";

        Assert.InRange(Allocated(() => Vectors.Failure(body, inputs: 2)), 0, 8 * Megabyte);
    }

    [Theory]
    [InlineData("""{"other":[@],"data":[{"index":0,"embedding":[1]}]}""")]
    [InlineData("""{"data":[{"index":0,"other":{"a":[@]},"embedding":[1]}]}""")]
    [InlineData("""{"data":[{"index":0,"embedding":[1],"other":[[@]]}],"more":{"a":{"b":[@]}}}""")]
    public void A_huge_unknown_member_next_to_embeddings_is_skipped_and_not_kept(string document)
    {
        // More than the reader's buffer grows to: were it looked at whole, the call would fail.
        var text = $"\"{new string('x', Megabyte)}\"";
        var body = Encoding.UTF8.GetBytes(document.Replace("@", string.Join(',', Enumerable.Repeat(text, 33)), StringComparison.Ordinal));
        var vectors = 0;

        var allocated = Allocated(async () =>
        {
            var content = new ByteArrayContent(body);
            content.Headers.ContentType = new("application/json");
            vectors = (await new VerbatimService().Answers(HttpStatusCode.OK, content).Generator().GenerateAsync(["a"])).Count;
        });

        Assert.Equal(1, vectors);
        Assert.InRange(allocated, 0, 8 * Megabyte);
    }

    [Fact]
    public async Task Metrics_have_at_most_as_many_lines_and_labels_as_the_limit()
    {
        var lines = string.Concat(Enumerable.Range(0, 200).Select(i => $"m{i} 1\n"));
        var labels = $"m{{{string.Join(',', Enumerable.Range(0, 200).Select(i => $"l{i}=\"v\""))}}} 1\n";
        foreach (var text in new[] { lines, labels, string.Concat(Enumerable.Repeat("# HELP a b\n", 200)) })
        {
            var failure = await Managing.Fails(
                new VerbatimService().Answers(text, mediaType: "text/plain"), client => client.Monitoring.GetMetricsAsync("a"),
                options => options.ResponseLimits.MaxItems = 100);

            Assert.Contains(
                "the response has more than 100 items. Raise ResponseLimits.MaxItems", failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Histograms_with_bounds_of_their_own_are_merged()
    {
        var text = string.Concat(Enumerable.Range(0, 5_000).Select(
            i =>
                string.Create(CultureInfo.InvariantCulture, $"h_bucket{{le=\"{i}\",r=\"{i}\"}} 1\nh_bucket{{le=\"+Inf\",r=\"{i}\"}} 3\n")));

        var merged = EndpointMetrics.Parse(text).MergeHistograms("h")!;

        Assert.Equal(5_001, merged.Buckets.Count);
        Assert.Equal((0, 1), (merged.Buckets[0].UpperBound, merged.Buckets[0].Count));
        Assert.Equal((4_999, 5_000), (merged.Buckets[4_999].UpperBound, merged.Buckets[4_999].Count));
        Assert.Equal((double.PositiveInfinity, 15_000), (merged.Buckets[5_000].UpperBound, merged.Buckets[5_000].Count));
    }

    [Theory]
    [InlineData(20, 5, true)]
    [InlineData(2_000, 20_000, false)]
    public async Task References_to_one_schema_count_each_time(int references, int members, bool areRead)
    {
        var properties = string.Join(',', Enumerable.Range(0, references).Select(i => $"\"p{i}\":{{\"$ref\":\"#/big\"}}"));
        var big = string.Join(',', Enumerable.Range(0, members).Select(i => $"\"m{i}\":0"));
        var body = """{"openapi":"3","paths":{"/p":{"post":{"requestBody":{"content":{"a":{"schema":{"type":"object","properties":{@}}}}}}}},"big":{%}}"""
            .Replace("@", properties, StringComparison.Ordinal).Replace("%", big, StringComparison.Ordinal);
        var call = new VerbatimService().Answers(body).Client().Directory.GetSignatureAsync("a");

        if (areRead)
        {
            Assert.Equal(references, Assert.Single((await call).Paths).Inputs.Count);
        }
        else
        {
            var failure = await Assert.ThrowsAsync<DatabricksServingException>(() => call);
            Assert.Contains("Raise ResponseLimits.MaxItems", failure.Message, StringComparison.Ordinal);
        }
    }

    // Twice, since code that runs for the first time is compiled; on one thread from end to end.
    private static long Allocated(Func<Task> call)
    {
        var least = long.MaxValue;
        for (var i = 0; i < 2; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var running = call();
            Assert.True(running.IsCompleted, "It did not complete at once, so its allocations cannot be counted.");
            running.GetAwaiter().GetResult();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
