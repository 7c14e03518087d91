using Connectors.Databricks.Emulator;

namespace Connectors.Databricks.Tests.Emulator.Faults;

/// <summary>Faults below HTTP, as a socket receives them.</summary>
public class FaultWireTests
{
    [Theory]
    [InlineData(EmulatedFault.ResetBeforeHeaders, "reset")]
    [InlineData(EmulatedFault.CloseBeforeHeaders, "closed")]
    public async Task A_connection_ends_before_the_first_byte(EmulatedFault fault, string ending) =>
        Assert.Equal(new RawAnswer("", "", ending), await AskAsync(fault));

    [Fact]
    public async Task A_connection_is_reset_in_the_middle_of_a_header()
    {
        RawAnswer answer = await AskAsync(EmulatedFault.ResetInHeaders);

        Assert.StartsWith("HTTP/1.1 200 ", answer.Head, StringComparison.Ordinal);
        Assert.Equal(("", "reset"), (answer.Body, answer.Ending));
    }

    [Fact]
    public async Task A_connection_is_reset_after_half_of_the_body()
    {
        RawAnswer answer = await AskAsync(EmulatedFault.ResetMidBody);

        Assert.Equal((Length(answer) / 2, "reset"), (answer.Body.Length, answer.Ending));
    }

    [Fact]
    public async Task A_chunked_body_ends_without_its_last_chunk()
    {
        RawAnswer answer = await AskAsync(EmulatedFault.CloseMidBody);

        Assert.Contains("transfer-encoding: chunked", answer.Head, StringComparison.Ordinal);
        Assert.DoesNotContain("\r\n0\r\n", answer.Body, StringComparison.Ordinal);
        Assert.Equal("closed", answer.Ending);
    }

    [Fact]
    public async Task A_connection_stays_open_and_nothing_ever_comes() =>
        Assert.Equal(new RawAnswer("", "", "open"), await AskSilentAsync(EmulatedFault.SilenceBeforeHeaders));

    [Fact]
    public async Task A_connection_stays_open_after_half_of_the_body()
    {
        RawAnswer answer = await AskSilentAsync(EmulatedFault.SilenceMidBody);

        Assert.Equal((Length(answer) / 2, "open"), (answer.Body.Length, answer.Ending));
    }

    [Theory]
    [InlineData(EmulatedFault.LengthTooLong, 1)]
    [InlineData(EmulatedFault.LengthTooShort, -1)]
    public async Task The_length_does_not_match_the_body(EmulatedFault fault, int sign)
    {
        RawAnswer answer = await AskAsync(fault);

        Assert.Equal(sign, Math.Sign(Length(answer) - answer.Body.Length));
        Assert.EndsWith("}", answer.Body, StringComparison.Ordinal);
        Assert.Equal("closed", answer.Ending);
    }

    [Fact]
    public async Task The_size_of_a_chunk_is_no_number() =>
        Assert.Contains("\r\nzz\r\n", (await AskAsync(EmulatedFault.BrokenChunks)).Body, StringComparison.Ordinal);

    [Fact]
    public async Task Another_protocol_answers() =>
        Assert.Equal(new RawAnswer("SSH-2.0-Corrupted\r\n", "", "closed"), await AskAsync(EmulatedFault.NotHttp));

    [Fact]
    public async Task Interim_responses_come_before_the_answer()
    {
        RawAnswer answer = await AskAsync(EmulatedFault.InterimResponses);

        Assert.Equal("HTTP/1.1 100 Interim", answer.Head);
        Assert.StartsWith("HTTP/1.1 102 Interim\r\n\r\nHTTP/1.1 103 Interim\r\n\r\nHTTP/1.1 200 ", answer.Body, StringComparison.Ordinal);
    }

    private static async Task<RawAnswer> AskAsync(EmulatedFault fault)
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Faults.Add(fault);
        return await RawAnswer.AskAsync(wire).WaitAsync(TimeSpan.FromSeconds(30));
    }

    private static async Task<RawAnswer> AskSilentAsync(EmulatedFault fault)
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Faults.Add(fault);
        Task pause = wire.Emulator.Endpoint("databricks-llama-4-maverick").WaitForPauseAsync();
        return await RawAnswer.AskAsync(wire, hangUp: pause).WaitAsync(TimeSpan.FromSeconds(30));
    }

    private static int Length(RawAnswer answer)
    {
        string line = answer.Head.Split("\r\n").Single(line => line.StartsWith("content-length: ", StringComparison.OrdinalIgnoreCase));
        return int.Parse(line["content-length: ".Length..], System.Globalization.CultureInfo.InvariantCulture);
    }
}
