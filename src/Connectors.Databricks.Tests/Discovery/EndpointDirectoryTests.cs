using System.Net;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Discovery;

public sealed class EndpointDirectoryTests : IDisposable
{
    private const string One =
        """{"endpoints":[{"name":"a","task":"llm/v1/chat","state":{"ready":"READY","config_update":"NOT_UPDATING"}}]}""";
    private const string Two = """{"endpoints":[{"name":"a"},{"name":"b"}]}""";
    private const string Trouble = """{"error_code":"TEMPORARILY_UNAVAILABLE","message":"Come back later."}""";

    private readonly FakeClock _clock = new();
    private readonly VerbatimService _service = new();

    public void Dispose() => _service.Dispose();

    [Fact]
    public async Task It_is_read_once_while_it_is_fresh()
    {
        _service.Answers(One);
        var directory = Directory();

        await directory.GetAsync();
        _clock.Advance(TimeSpan.FromMinutes(4.9));
        var snapshot = await directory.GetAsync();

        Assert.Equal((1, TimeSpan.FromMinutes(4.9), null), (_service.Sent.Count, snapshot.Age, snapshot.Failure));
        Assert.Equal(("GET", "/api/2.0/serving-endpoints"), (_service.Sent[0].Method, _service.Sent[0].Uri.AbsolutePath));
    }

    [Fact]
    public async Task A_stale_snapshot_is_returned_while_it_is_refreshed()
    {
        using var answer = new HeldContent(Two);
        _service.Answers(One).Answers(HttpStatusCode.OK, answer);
        var directory = Directory();
        await directory.GetAsync();
        _clock.Advance(TimeSpan.FromMinutes(5));

        var old = await directory.GetAsync();
        answer.Release();
        await answer.Sent;
        var renewed = await Until(directory, snapshot => snapshot.Profiles.Count == 2);

        Assert.Equal((1, TimeSpan.FromMinutes(5)), (old.Profiles.Count, old.Age));
        Assert.Equal((2, TimeSpan.Zero, 2), (renewed.Profiles.Count, renewed.Age, _service.Sent.Count));
    }

    [Fact]
    public async Task What_is_old_is_waited_for()
    {
        _service.Answers(One).Answers(Two);
        var directory = Directory();
        await directory.GetAsync();
        _clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(2, (await directory.GetAsync()).Profiles.Count);
    }

    [Fact]
    public async Task When_the_service_fails_the_last_good_answer_stays_and_says_how_old_it_is()
    {
        _service.Answers(One).Answers(Trouble, HttpStatusCode.ServiceUnavailable);
        var directory = Directory();
        await directory.GetAsync();
        _clock.Advance(TimeSpan.FromHours(3));

        var snapshot = await directory.GetAsync();

        Assert.Equal(("a", TimeSpan.FromHours(3)), (Assert.Single(snapshot.Profiles).Name, snapshot.Age));
        Assert.Contains("Come back later.", Assert.IsType<DatabricksServingException>(snapshot.Failure).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_read_for_a_while_after_a_failure()
    {
        _service.Answers(One).Answers(Trouble, HttpStatusCode.ServiceUnavailable).Answers(Two);
        var directory = Directory();
        await directory.GetAsync();
        _clock.Advance(TimeSpan.FromHours(3));
        await directory.GetAsync();

        _clock.Advance(TimeSpan.FromSeconds(29));
        var still = await directory.GetAsync();
        _clock.Advance(TimeSpan.FromSeconds(1));
        var renewed = await directory.GetAsync();

        Assert.Equal((1, 2, null), (still.Profiles.Count, renewed.Profiles.Count, renewed.Failure));
    }

    [Fact]
    public async Task A_first_reading_that_fails_throws_and_the_next_call_reads_again()
    {
        _service.Answers(Trouble, HttpStatusCode.ServiceUnavailable).Answers(One);
        var directory = Directory();

        await Assert.ThrowsAsync<DatabricksServingException>(() => directory.GetAsync());

        Assert.Single((await directory.GetAsync()).Profiles);
    }

    [Fact]
    public async Task Callers_at_the_same_time_share_one_reading()
    {
        using var answer = new HeldContent(One);
        _service.Answers(HttpStatusCode.OK, answer);
        var directory = Directory();
        var calls = Enumerable.Range(0, 50).Select(_ => directory.GetAsync()).ToArray();

        answer.Release();

        Assert.All(await Task.WhenAll(calls), snapshot => Assert.Single(snapshot.Profiles));
        Assert.Single(_service.Sent);
    }

    [Fact]
    public async Task One_who_gives_up_does_not_end_the_reading_of_others()
    {
        using var answer = new HeldContent(One);
        using var patience = new CancellationTokenSource();
        _service.Answers(HttpStatusCode.OK, answer);
        var directory = Directory();
        var impatient = directory.GetAsync(patience.Token);
        var patient = directory.GetAsync();

        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        answer.Release();

        Assert.Single((await patient).Profiles);
    }

    [Fact]
    public async Task A_refresh_reads_whatever_is_kept_and_throws_when_it_fails()
    {
        _service.Answers(One).Answers(Two).Answers(Trouble, HttpStatusCode.ServiceUnavailable);
        var directory = Directory();
        await directory.GetAsync();

        Assert.Equal(2, (await directory.RefreshAsync()).Profiles.Count);
        await Assert.ThrowsAsync<DatabricksServingException>(() => directory.RefreshAsync());
        Assert.Equal(2, (await directory.GetAsync()).Profiles.Count);
    }

    [Fact]
    public async Task Details_come_on_request_and_one_that_cannot_be_read_keeps_its_short_form()
    {
        _service.Answers(Two)
            .Answers("""{"name":"a","description":"in full"}""")
            .Answers("""{"error_code":"PERMISSION_DENIED","message":"Not yours."}""", HttpStatusCode.Forbidden);

        var snapshot = await Directory(new() { ReadDetails = true, MaxConcurrentReads = 1 }).GetAsync();

        Assert.Equal(["in full", null], snapshot.Profiles.Select(profile => profile.Description));
    }

    [Fact]
    public async Task One_endpoint_is_read_in_full_and_not_kept()
    {
        _service.Answers("""{"name":"a","task":"llm/v1/embeddings"}""");

        var profile = await Directory().GetProfileAsync("a");

        Assert.Equal(("embedding", "/api/2.0/serving-endpoints/a"), (profile.Mode.Value.ToString(), _service.Sent[0].Uri.AbsolutePath));
    }

    [Fact]
    public void Entries_are_found_by_their_exact_name()
    {
        var snapshot = new EndpointDirectorySnapshot([new() { Name = "a" }], DateTimeOffset.UnixEpoch);

        Assert.Equal(("a", null), (snapshot.Find("a")?.Name, snapshot.Find("A")?.Name));
    }

    [Fact]
    public void Options_that_make_no_sense_are_refused()
    {
        var serving = _service.Client();

        Assert.Throws<ArgumentOutOfRangeException>(() => serving.CreateDirectory(new() { TimeToLive = TimeSpan.FromSeconds(-1) }));
        Assert.Throws<ArgumentOutOfRangeException>(() => serving.CreateDirectory(new() { WaitBeyond = TimeSpan.FromSeconds(1) }));
        Assert.Throws<ArgumentOutOfRangeException>(() => serving.CreateDirectory(new() { RetryAfterFailure = TimeSpan.FromSeconds(-1) }));
        Assert.Throws<ArgumentOutOfRangeException>(() => serving.CreateDirectory(new() { MaxConcurrentReads = 0 }));
    }

    [Fact]
    public void The_clients_own_directory_is_always_the_same()
    {
        var serving = _service.Client();

        Assert.Same(serving.Directory, serving.Directory);
    }

    private EndpointDirectory Directory(EndpointDirectoryOptions? options = null) =>
        _service.Client(options => options.TimeProvider = _clock).CreateDirectory(options ?? new());

    /// <summary>Asks again until the reading in the background, which cannot be awaited, has completed.</summary>
    private static async Task<EndpointDirectorySnapshot> Until(EndpointDirectory directory, Func<EndpointDirectorySnapshot, bool> isThere)
    {
        for (var turn = 0; turn < 100_000; turn++)
        {
            if (await directory.GetAsync() is var snapshot && isThere(snapshot))
            {
                return snapshot;
            }

            await Task.Yield();
        }

        throw new TimeoutException("The reading in the background did not end.");
    }

    /// <summary>A body that comes when the test lets it.</summary>
    private sealed class HeldContent(string body) : HttpContent
    {
        private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _sent = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Sent => _sent.Task;

        public void Release() => _release.SetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await _release.Task;
            await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(body));
            _sent.SetResult();
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
