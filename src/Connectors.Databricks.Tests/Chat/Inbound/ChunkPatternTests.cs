using System.Text;
using Connectors.Databricks.Chat.Inbound;
using Connectors.Databricks.Tests.TestServices;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Inbound;

/// <summary>Chunks that are alike are compared instead of read; what a pattern says of a chunk is what reading it would say.</summary>
public class ChunkPatternTests
{
    private const string Llama =
        """{"id":"c1","object":"chat.completion.chunk","created":1790000001,"model":"llama","choices":[{"index":0,"delta":{"role":"assistant","content":"Hi"},"finish_reason":null,"logprobs":null}],"usage":{"prompt_tokens":14,"completion_tokens":1,"total_tokens":15}}""";

    [Fact]
    public void A_text_and_the_counts_may_differ()
    {
        var usage = new UsageFromWire();

        var (fit, contents) = Read(Llama, Llama.Replace("\"Hi\"", "\" über 東京\"").Replace(":1,", ":22,").Replace(":15}", ":36}"), usage);

        Assert.Equal(ChunkFit.Fits, fit);
        Assert.Equal(" über 東京", Assert.IsType<TextContent>(Assert.Single(contents!)).Text);
        Assert.Equal((14, 22, 36), (usage[UsageCount.Prompt], usage[UsageCount.Completion], usage[UsageCount.Total]));
    }

    [Theory]
    [InlineData("\"finish_reason\":null", "\"finish_reason\":\"stop\"")]
    [InlineData("\"id\":\"c1\"", "\"id\":\"c2\"")]
    [InlineData("\"index\":0", "\"index\":1")]
    [InlineData("\"logprobs\":null", "\"logprobs\":{}")]
    [InlineData("\"total_tokens\":15", "\"total_tokens\":null")]
    [InlineData("\"completion_tokens\":1,", "\"completion_tokens\":1e400,")]
    [InlineData("\"completion_tokens\":1,", "\"completion_tokens\":1.5,")]
    [InlineData("}}", "}},{}")]
    [InlineData("}}", "}")]
    [InlineData("\"Hi\"", "\"Hi\",\"tool_calls\":[]")]
    public void Any_other_difference_makes_another_chunk(string part, string other) =>
        Assert.Equal(ChunkFit.Differs, Read(Llama, Llama.Replace(part, other)).Fit);

    [Theory]
    [InlineData("\"Hi\"", "\"H\\ni\"")]
    [InlineData("\"Hi\"", "\"Hi")]
    [InlineData("\"Hi\"", "\"H\u0001i\"")]
    [InlineData("\"Hi\"", "null")]
    [InlineData("\"completion_tokens\":1,", "\"completion_tokens\":01,")]
    [InlineData("\"completion_tokens\":1,", "\"completion_tokens\":-1,")]
    [InlineData("\"completion_tokens\":1,", "\"completion_tokens\":,")]
    [InlineData("\"completion_tokens\":1,", "\"completion_tokens\":1234567890123456789,")]
    public void What_a_gap_cannot_hold_is_left_to_the_reader(string part, string other) =>
        Assert.NotEqual(ChunkFit.Fits, Read(Llama, Llama.Replace(part, other)).Fit);

    [Fact]
    public void Of_a_chunk_that_does_not_fit_nothing_is_taken()
    {
        var usage = new UsageFromWire();

        var (_, contents) = Read(Llama, Llama.Replace(":1,", ":1e400,"), usage);

        Assert.Null(contents);
        Assert.Null(usage[UsageCount.Prompt]);
    }

    [Theory]
    [InlineData("a\\nb", ChunkFit.NeedsReader)]
    [InlineData("a \\\"b\\\" c", ChunkFit.NeedsReader)]
    [InlineData("a\\\\", ChunkFit.NeedsReader)]
    [InlineData("a\\", ChunkFit.Differs)]
    public void A_text_with_an_escape_is_read_and_ends_where_it_ends(string text, object fit) =>
        Assert.Equal(fit, Read(Llama, Llama.Replace("Hi", text)).Fit);

    [Fact]
    public void Bytes_that_are_no_UTF8_are_left_to_the_reader()
    {
        var chunk = Encoding.UTF8.GetBytes(Llama);
        chunk[Llama.IndexOf("Hi", StringComparison.Ordinal)] = 0xC3;

        Assert.Equal(ChunkFit.NeedsReader, Read(Llama, chunk, new UsageFromWire()).Fit);
    }

    [Fact]
    public void An_empty_text_says_nothing_and_its_counts_count()
    {
        var usage = new UsageFromWire();

        var (fit, contents) = Read(Llama, Llama.Replace("\"Hi\"", "\"\"").Replace(":1,", ":7,"), usage);

        Assert.Equal((ChunkFit.Fits, 7L), (fit, usage[UsageCount.Completion]));
        Assert.Null(contents);
    }

    [Theory]
    [InlineData("""{"choices":[{"delta":{"content":"a"}}]}""", """{"choices":[{"delta":{"content":"b"}}]}""", "text b")]
    [InlineData("""{"choices":[{"delta":{"content":[{"type":"text","text":"a"}]}}]}""", """{"choices":[{"delta":{"content":[{"type":"text","text":"b"}]}}]}""", "text b")]
    [InlineData("""{"choices":[{"delta":{"reasoning_content":"a","content":""}}]}""", """{"choices":[{"delta":{"reasoning_content":"b","content":""}}]}""", "reasoning b")]
    [InlineData(
        """{"choices":[{"delta":{"content":[{"type":"reasoning","summary":[{"type":"summary_text","text":"a","signature":""}]}]}}],"usage":null}""",
        """{"choices":[{"delta":{"content":[{"type":"reasoning","summary":[{"type":"summary_text","text":"b","signature":""}]}]}}],"usage":null}""",
        "reasoning b")]
    [InlineData("""{"created":1,"choices":[{"delta":{"content":"a"}}]}""", """{"created":2,"choices":[{"delta":{"content":"b"}}]}""", "text b")]
    [InlineData("""{"choices":[{"delta":{"content":"a\n"}}]}""", """{"choices":[{"delta":{"content":"b"}}]}""", "text b")]
    [InlineData("""{"choices":[{"delta":{"content":"a"},"content_filter_results":{"hate":[1]}}]}""", """{"choices":[{"delta":{"content":"b"},"content_filter_results":{"hate":[1]}}]}""", "text b")]
    [InlineData(
        """{"choices":[{"delta":{"content":"a"}}],"usage":{"x":[1],"prompt_tokens_details":{"cached_tokens":1,"audio":[]},"y":2}}""",
        """{"choices":[{"delta":{"content":"b"}}],"usage":{"x":[1],"prompt_tokens_details":{"cached_tokens":9,"audio":[]},"y":2}}""",
        "text b")]
    public void Chunks_of_every_dialect_make_patterns(string sample, string chunk, string expected)
    {
        var (fit, contents) = Read(sample, chunk);

        Assert.Equal(ChunkFit.Fits, fit);
        Assert.Equal(expected, Assert.Single(contents!) switch
        {
            TextContent text => $"text {text.Text}",
            TextReasoningContent text => $"reasoning {text.Text}",
            var other => other.ToString(),
        });
    }

    [Theory]
    [InlineData("""[]""")]
    [InlineData("""{}""")]
    [InlineData("""{"choices":[]}""")]
    [InlineData("""{"choices":null}""")]
    [InlineData("""{"choices":[{"delta":{}}]}""")]
    [InlineData("""{"choices":[{"delta":null}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":""}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":null}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":5}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":{"type":"text","text":"a"}}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":["a"]}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":[{"text":"a","type":"text"}]}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":[{"type":"refusal","refusal":"a"}]}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":[{"type":"text","text":"a","citations":[{}]}]}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":[{"type":"reasoning","summary":[{"text":"a","signature":"s"}]}]}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":[{"type":"reasoning","summary":[{"text":"a","data":""}]}]}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":[{"type":"reasoning","summary":[{"text":"a"},{"text":"b"}]}]}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":"a","reasoning_content":"b"}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":"a","content":"b"}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":"a","tool_calls":[]}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":"a","refusal":"b"}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":"a","annotations":[]}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":"a"},"finish_reason":"stop"}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":"a"},"logprobs":{"content":[]}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":"a"},"index":1}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":"a"},"message":{}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":"a"}},{"delta":{}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":"a"}}],"choices":[]}""")]
    [InlineData("""{"choices":[{"delta":{"content":"a"},"delta":{"content":"b"}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":"a"}}],"delta":{}}""")]
    [InlineData("""{"choices":[{"delta":{"content":"a"}}],"type":"error"}""")]
    [InlineData("""{"choices":[{"delta":{"content":"a"}}],"error":{}}""")]
    [InlineData("""{"choices":[{"delta":{"content":"a"}}],"usage":{"prompt_tokens":5,"input_tokens":7.0}}""")]
    public void What_would_say_something_new_a_second_time_makes_none(string sample) => Assert.Null(Pattern(sample));

    [Fact]
    public void A_time_that_is_not_known_yet_must_be_read()
    {
        const string Sample = """{"created":0,"choices":[{"delta":{"content":"a"}}]}""";
        var pattern = ChunkSurvey.Pattern(Encoding.UTF8.GetBytes(Sample), default, isTimeKnown: false)!;

        var fit = pattern.Read(Encoding.UTF8.GetBytes(Sample.Replace(":0,", ":1790000001,")), NewAnswer(), new UsageFromWire());

        Assert.Equal(ChunkFit.Differs, fit);
    }

    // What stands here as an object is read into one, some thousand bytes, each time that a chunk is read.
    [Fact]
    public async Task In_a_stream_the_chunks_that_are_alike_are_not_read()
    {
        const int Chunks = 1000;
        var outputs = string.Join(",", Enumerable.Range(0, 100).Select(i => $"\"name{i}\":{i}"));
        var chunk = $$$"""{"id":"c1","choices":[{"delta":{"content":"a"}}],"databricks_output":{ {{{outputs}}} } }""";
        using var service = new VerbatimService();
        service.Streams(new MemoryStream(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat($"data: {chunk}\n\n", Chunks + 3)) + "data: [DONE]\n\n")));
        await using var updates = service.Chat().GetStreamingResponseAsync("Hi").GetAsyncEnumerator();
        for (var i = 0; i < 3; i++)
        {
            Assert.True(await updates.MoveNextAsync());
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Chunks; i++)
        {
            // Nothing waits, so that all is allocated on this thread.
            var next = updates.MoveNextAsync();
            Assert.True(next.IsCompletedSuccessfully);
            Assert.True(await next);
        }

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / Chunks, 1, 500);
    }

    private static (ChunkFit Fit, List<AIContent>? Contents) Read(string sample, string chunk, UsageFromWire? usage = null) =>
        Read(sample, Encoding.UTF8.GetBytes(chunk), usage ?? new UsageFromWire());

    private static (ChunkFit Fit, List<AIContent>? Contents) Read(string sample, byte[] chunk, UsageFromWire usage)
    {
        var answer = NewAnswer();
        var fit = Pattern(sample)!.Read(chunk, answer, usage);
        return (fit, answer.Take());
    }

    private static ChunkPattern? Pattern(string sample) => ChunkSurvey.Pattern(Encoding.UTF8.GetBytes(sample), default, isTimeKnown: true);

    private static AnswerBuilder NewAnswer() => new(isWhole: false, new ReasoningIntake(IsHidden: false, "chat"));
}
