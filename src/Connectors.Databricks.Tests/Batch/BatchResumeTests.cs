using System.Net;
using System.Text;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Batch;

public sealed class BatchResumeTests : CheckpointTest
{
    private readonly BatchService _service = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_second_run_sends_nothing(bool preserveOrder)
    {
        var options = Options();
        options.PreserveOrder = preserveOrder;
        var first = await _service.RunAsync(100, options);

        var second = await _service.RunAsync(100, options);

        Assert.Equal(
            first.Select(result => (result.Id, result.Response!.Text)).Order(),
            second.Select(result => (result.Id, result.Response!.Text)).Order());
        Assert.All(second, result => Assert.True(result.IsFromCheckpoint));
        Assert.All(_service.Counts.Values, count => Assert.Equal(1, count));
        Assert.Equal(100, CheckpointReader.Results(CheckpointPath).Count);
        if (preserveOrder)
        {
            Assert.Equal(BatchService.Requests(100).Select(request => request.Id), second.Select(result => result.Id));
        }
    }

    [Fact]
    public async Task Other_requests_are_sent_and_appended()
    {
        await _service.RunAsync(3, Options());

        var results = await _service.RunAsync(BatchService.Requests(3, from: 1).Reverse(), Options());

        Assert.Equal(["r1", "r2"], results.Where(result => result.IsFromCheckpoint).Select(result => result.Id).Order());
        Assert.Equal(["r0", "r1", "r2", "r3"], CheckpointReader.Results(CheckpointPath).Select(line => line.Id).Order());
    }

    [Theory]
    [InlineData(false, 1, "429")]
    [InlineData(true, 2, "r1")]
    public async Task A_request_that_failed_is_sent_again_on_demand(bool retry, int count, string expected)
    {
        _service.Reply = (prompt, _) => Task.FromResult(
            prompt == "r1" ? BatchService.Error(HttpStatusCode.TooManyRequests, "REQUEST_LIMIT_EXCEEDED") : null);
        await _service.RunAsync(3, Options());
        _service.Reply = null;
        var options = Options();
        options.RetryFailedRequests = retry;

        var result = (await _service.RunAsync(3, options)).Single(result => result.Id == "r1");

        Assert.Equal(expected, result.Response?.Text ?? $"{(int)result.Error!.StatusCode!}");
        Assert.Equal(count, _service.Counts["r1"]);
        Assert.Equal(!retry, result.IsFromCheckpoint);

        // The later line of an id counts.
        Assert.Equal(expected, (await _service.RunAsync(3, Options())).Single(result => result.Id == "r1") is { } last
            ? last.Response?.Text ?? $"{(int)last.Error!.StatusCode!}" : "");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"id\":\"r2\",\"resp")]
    [InlineData("\0\0\0\0")]
    [InlineData("{\"id\":\"r2\",\"response\":{\"mess\0\0\0\n")]
    public async Task A_last_line_that_was_interrupted_is_sent_again(string torn)
    {
        await _service.RunAsync(2, Options());
        await File.AppendAllTextAsync(CheckpointPath, torn);

        var results = await _service.RunAsync(3, Options());

        Assert.Equal(["r0", "r1", "r2"], results.Select(result => result.Response!.Text).Order());
        Assert.Equal(["r0", "r1", "r2"], CheckpointReader.Results(CheckpointPath).Select(line => line.Id).Order());
    }

    [Fact]
    public async Task A_line_may_be_cut_anywhere()
    {
        await _service.RunAsync(3, Options(concurrency: 1));
        var whole = await File.ReadAllBytesAsync(CheckpointPath);
        var end = whole.AsSpan().IndexOf((byte)'\n') + 1;
        for (var length = 0; length < whole.Length; length += length < end + 5 ? 1 : 37)
        {
            await File.WriteAllBytesAsync(CheckpointPath, whole[..length]);

            var results = await _service.RunAsync(3, Options(concurrency: 1));

            Assert.Equal(["r0", "r1", "r2"], results.Select(result => result.Response!.Text).Order());
            Assert.Equal(["r0", "r1", "r2"], CheckpointReader.Results(CheckpointPath).Select(line => line.Id).Order());
        }
    }

    [Fact]
    public async Task Hostile_ids_and_texts_are_found_again()
    {
        string[] texts =
        [
            "line\nbreak\r\n", "\"},\"id\":\"r1\"", "\\", "\u2028\u2029\u0085", "日本語 😀", "\0\u0001\u007f", "{\"id\":",
            new string('x', 300_000), "<script>&'+", " ", "A", "a",
        ];
        var requests = texts.Select(text => DatabricksBatchRequest.Chat(text, text)).ToList();
        await _service.RunAsync(requests, Options());

        var results = await _service.RunAsync(requests, Options());

        Assert.Equal(texts.Order(StringComparer.Ordinal), results.Select(result => result.Response!.Text).Order(StringComparer.Ordinal));
        Assert.Equal(texts.Order(StringComparer.Ordinal), results.Select(result => result.Id).Order(StringComparer.Ordinal));
        Assert.All(results, result => Assert.True(result.IsFromCheckpoint));

        // Readers that split at every line break of Unicode find the same lines.
        var file = await File.ReadAllTextAsync(CheckpointPath);
        Assert.Equal(texts.Length + 1, file.Count('\n'.Equals));
        Assert.DoesNotContain(file, character => character is '\r' or '\u2028' or '\u2029' or '\u0085');
    }

    [Fact]
    public async Task The_file_has_no_secret_and_no_prompt()
    {
        const string Secret = "dapi0123456789abcdef0123456789abcdef";
        _service.Reply = (prompt, _) => Task.FromResult<HttpResponseMessage?>(
            BatchService.Error(HttpStatusCode.BadRequest, "BAD_REQUEST", $"the token {Secret} is wrong"));
        var client = _service.Client(options => options.Credential = DatabricksCredential.FromToken(Secret));

        var result = Assert.Single(await client.RunBatchAsync(
            VerbatimService.EndpointName, [DatabricksBatchRequest.Chat("a", "confidential prompt")], Options()).ToListAsync());

        var file = await File.ReadAllTextAsync(CheckpointPath);
        Assert.Contains("the token", file, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, file, StringComparison.Ordinal);
        Assert.DoesNotContain("confidential", file, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, result.Error!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_owner_can_read_the_file()
    {
        await _service.RunAsync(1, Options());

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(CheckpointPath));
        }
    }

    [Fact]
    public async Task The_header_identifies_the_batch()
    {
        await _service.RunAsync(1, Options());

        var header = CheckpointReader.Lines(CheckpointPath)[0];

        Assert.Equal(
            (1, Some.Host.Authority, VerbatimService.EndpointName, "chat", 64),
            (header.GetProperty("checkpoint").GetInt32(), header.GetProperty("workspace").GetString(),
                header.GetProperty("endpoint").GetString(), header.GetProperty("responses").GetString(),
                header.GetProperty("options").GetString()!.Length));
    }
}
