using System.Text;
using Connectors.Databricks.Tests.TestServices;
using Connectors.Databricks.Transport;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Tests.Transport;

public class SseFrameReaderTests
{
    private static readonly string[] LineEnds = ["\n", "\r\n", "\r"];

    [Fact]
    public Task Each_frame_gives_its_data() => Reads("data: a\n\ndata: b\n\n", "a", "b");

    [Fact]
    public Task Carriage_returns_with_line_feeds_end_lines() => Reads("data: a\r\n\r\ndata: b\r\n\r\n", "a", "b");

    [Fact]
    public Task Carriage_returns_alone_end_lines() => Reads("data: a\r\rdata: b\r\r", "a", "b");

    [Fact]
    public Task Line_ends_may_be_mixed() => Reads("data: a\r\n\ndata: b\r\r\ndata: c\n\r\ndata: d\n\r", "a", "b", "c", "d");

    [Fact]
    public Task No_space_is_needed_after_the_colon() => Reads("data:a\n\n", "a");

    [Fact]
    public Task Only_one_space_is_taken_off() => Reads("data:  a \n\n", " a ");

    [Fact]
    public Task Comments_are_passed_over() => Reads(": keep-alive\n\n:\n\ndata: a\n: inside\n\n: end\n\n", "a");

    [Fact]
    public Task Other_fields_are_passed_over() =>
        Reads("id: 7\nretry: 1000\nfoo: bar\ndatum: x\ndata-x: y\ndatax\ndata: a\n\nid: 8\n\n", "a");

    [Fact]
    public Task Several_data_lines_are_one_text() => Reads("data: a\ndata:b\ndata\ndata: \ndata: c\n\n", "a\nb\n\n\nc");

    [Fact]
    public Task Several_data_lines_are_joined_across_other_fields() => Reads("data: a\nid: 3\n: x\r\ndata: b\r\n\r\n", "a\nb");

    [Theory]
    [InlineData("data:\n\n")]
    [InlineData("data: \n\n")]
    [InlineData("data\n\n")]
    public Task Empty_data_is_a_frame(string text) => Reads(text, "");

    [Fact]
    public Task Blank_lines_alone_are_no_frames() => Reads("\n\r\n\r\r\n\n");

    [Fact]
    public Task An_empty_stream_has_no_frames() => Reads("");

    [Fact]
    public Task A_byte_order_mark_opens_the_stream() => Reads("\uFEFFdata: a\n\n", "a");

    [Fact]
    public Task A_byte_order_mark_may_be_the_whole_stream() => Reads("\uFEFF");

    [Fact]
    public Task A_byte_order_mark_inside_data_belongs_to_it() => Reads("data: \uFEFFa\n\n", "\uFEFFa");

    [Fact]
    public Task Letters_of_several_bytes_are_not_torn() => Reads("data: grüße 👋\n\ndata: 東京\n\n", "grüße 👋", "東京");

    [Fact]
    public Task The_last_frame_needs_no_blank_line() => Reads("data: a\n\ndata: [DONE]\n", "a", "[DONE]");

    [Fact]
    public Task The_last_frame_needs_no_line_end() => Reads("data: a\n\ndata: [DONE]", "a", "[DONE]");

    [Fact]
    public async Task Every_frame_survives_every_read_boundary()
    {
        foreach (var end in LineEnds)
        {
            var text = $"\uFEFF: hi{end}{end}event: ping{end}data: a{end}data: ü{end}{end}data:b{end}id: 3{end}{end}data: [DONE]{end}{end}";
            for (var size = 1; size <= Encoding.UTF8.GetByteCount(text); size++)
            {
                Assert.Equal(["a\nü", "b", "[DONE]"], (await Frames(text, size)).Select(frame => frame.Data));
            }
        }
    }

    [Theory]
    [InlineData("data: a\n\n", false, false)]
    [InlineData("event: ping\ndata: a\n\n", true, false)]
    [InlineData("event: error\ndata: a\n\n", true, true)]
    [InlineData("event:error\ndata: a\n\n", true, true)]
    [InlineData("data: a\nevent: error\n\n", true, true)]
    [InlineData("event: error\n\ndata: a\n\n", false, false)]
    [InlineData("event\ndata: a\n\n", false, false)]
    [InlineData("event:\ndata: a\n\n", false, false)]
    [InlineData("event: message\ndata: a\n\n", false, false)]
    public async Task An_event_line_names_its_own_frame_alone(string text, bool isNamed, bool isError)
    {
        var frame = Assert.Single(await Frames(text));

        Assert.Equal((isNamed, isError), frame.Event);
    }

    [Fact]
    public async Task The_name_of_a_frame_does_not_stay_for_the_next()
    {
        var frames = await Frames("event: error\ndata: a\n\ndata: b\n\n");

        Assert.Equal([(true, true), (false, false)], frames.Select(frame => frame.Event));
    }

    [Theory]
    [InlineData("data: a\n\n", false)]
    [InlineData("data: a\n", true)]
    [InlineData("data: a", true)]
    public async Task A_frame_without_its_blank_line_is_marked(string text, bool isPartial)
    {
        var frame = Assert.Single(await Frames(text));

        Assert.Equal(("a", isPartial), (frame.Data, frame.IsPartial));
    }

    [Fact]
    public async Task A_stream_that_ends_inside_a_field_name_has_no_frame() => Assert.Empty(await Frames("dat"));

    [Theory]
    [InlineData(1000)]
    [InlineData(16 * 1024)]
    [InlineData(5_000_000)]
    public async Task A_frame_of_a_megabyte_is_whole(int size)
    {
        var data = string.Concat(Enumerable.Range(0, 100_000).Select(number => $"{number:D10},"));

        var frames = await Frames($"data: before\n\ndata: {data}\n\ndata: after\n\n", size);

        Assert.Equal(["before", data, "after"], frames.Select(frame => frame.Data));
    }

    [Fact]
    public async Task A_line_without_an_end_is_refused_at_the_limit()
    {
        using var endless = new MemoryStream(new byte[100_000]);

        var exception = await Assert.ThrowsAsync<BoundExceededException>(
            () => ReadAll(endless, longestFrame: 50_000, longestStream: 100_000));

        Assert.Equal(("MaxEventBytes", 50_000), (exception.Name, exception.Limit));
    }

    [Fact]
    public async Task A_stream_without_an_end_is_refused_at_the_limit()
    {
        using var endless = new MemoryStream(new byte[100_000]);

        var exception = await Assert.ThrowsAsync<BoundExceededException>(
            () => ReadAll(endless, longestFrame: 100_000, longestStream: 50_000));

        Assert.Equal(("MaxBytes", 50_000), (exception.Name, exception.Limit));
    }

    private static async Task ReadAll(Stream stream, int longestFrame, long longestStream)
    {
        using var reader = new SseFrameReader(stream, longestFrame, longestStream);
        while (!reader.TryMoveNext())
        {
            reader.Took(await reader.ReadAsync(CancellationToken.None));
        }
    }

    private static async Task Reads(string text, params string[] expected) =>
        Assert.Equal(expected, (await Frames(text)).Select(frame => frame.Data));

    private static async Task<List<(string Data, (bool IsNamed, bool IsError) Event, bool IsPartial)>> Frames(
        string text, int size = int.MaxValue)
    {
        await using var stream = new SlicedStream(Encoding.UTF8.GetBytes(text), size);
        using var reader = new SseFrameReader(stream, int.MaxValue, long.MaxValue);
        var frames = new List<(string, (bool, bool), bool)>();
        var goesOn = true;
        while (goesOn)
        {
            goesOn = reader.Took(await reader.ReadAsync(CancellationToken.None));
            while (reader.TryMoveNext())
            {
                frames.Add((Encoding.UTF8.GetString(reader.Data), reader.Event, reader.IsPartial));
            }
        }

        return frames;
    }
}
