using System.Net;
using Connectors.Databricks.Endpoints;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Endpoints;

public sealed class ServingCatalogTests : IDisposable
{
    private const string One = """{"endpoints":[{"name":"a","task":"llm/v1/chat","state":{"ready":"READY","config_update":"NOT_UPDATING"}}]}""";
    private const string Two = """{"endpoints":[{"name":"a"},{"name":"b"}]}""";
    private const string Trouble = """{"error_code":"TEMPORARILY_UNAVAILABLE","message":"Come back later."}""";

    private readonly FakeClock _clock = new();
    private readonly VerbatimService _service = new();

    public void Dispose() => _service.Dispose();

    [Fact]
    public async Task It_is_read_once_while_it_is_fresh()
    {
        _service.Answers(One);
        var catalog = Catalog();

        await catalog.GetAsync();
        _clock.Advance(TimeSpan.FromMinutes(4.9));
        var snapshot = await catalog.GetAsync();

        Assert.Equal((1, TimeSpan.FromMinutes(4.9), null), (_service.Sent.Count, snapshot.Age, snapshot.Failure));
        Assert.Equal(("GET", "/api/2.0/serving-endpoints"), (_service.Sent[0].Method, _service.Sent[0].Uri.AbsolutePath));
    }

    [Fact]
    public async Task A_stale_snapshot_is_returned_while_it_is_refreshed()
    {
        using var answer = new HeldContent(Two);
        _service.Answers(One).Answers(HttpStatusCode.OK, answer);
        var catalog = Catalog();
        await catalog.GetAsync();
        _clock.Advance(TimeSpan.FromMinutes(5));

        var old = await catalog.GetAsync();
        answer.Release();
        await answer.Sent;
        var renewed = await Until(catalog, snapshot => snapshot.Entries.Count == 2);

        Assert.Equal((1, TimeSpan.FromMinutes(5)), (old.Entries.Count, old.Age));
        Assert.Equal((2, TimeSpan.Zero, 2), (renewed.Entries.Count, renewed.Age, _service.Sent.Count));
    }

    [Fact]
    public async Task What_is_old_is_waited_for()
    {
        _service.Answers(One).Answers(Two);
        var catalog = Catalog();
        await catalog.GetAsync();
        _clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(2, (await catalog.GetAsync()).Entries.Count);
    }

    [Fact]
    public async Task When_the_service_fails_the_last_good_answer_stays_and_says_how_old_it_is()
    {
        _service.Answers(One).Answers(Trouble, HttpStatusCode.ServiceUnavailable);
        var catalog = Catalog();
        await catalog.GetAsync();
        _clock.Advance(TimeSpan.FromHours(3));

        var snapshot = await catalog.GetAsync();

        Assert.Equal(("a", TimeSpan.FromHours(3)), (Assert.Single(snapshot.Entries).Name, snapshot.Age));
        Assert.Contains("Come back later.", Assert.IsType<DatabricksServingException>(snapshot.Failure).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_in_trouble_is_left_alone_for_a_while()
    {
        _service.Answers(One).Answers(Trouble, HttpStatusCode.ServiceUnavailable).Answers(Two);
        var catalog = Catalog();
        await catalog.GetAsync();
        _clock.Advance(TimeSpan.FromHours(3));
        await catalog.GetAsync();

        _clock.Advance(TimeSpan.FromSeconds(29));
        var still = await catalog.GetAsync();
        _clock.Advance(TimeSpan.FromSeconds(1));
        var renewed = await catalog.GetAsync();

        Assert.Equal((1, 2, null), (still.Entries.Count, renewed.Entries.Count, renewed.Failure));
    }

    [Fact]
    public async Task A_first_reading_that_fails_throws_and_the_next_call_reads_again()
    {
        _service.Answers(Trouble, HttpStatusCode.ServiceUnavailable).Answers(One);
        var catalog = Catalog();

        await Assert.ThrowsAsync<DatabricksServingException>(() => catalog.GetAsync());

        Assert.Single((await catalog.GetAsync()).Entries);
    }

    [Fact]
    public async Task Callers_at_the_same_time_share_one_reading()
    {
        using var answer = new HeldContent(One);
        _service.Answers(HttpStatusCode.OK, answer);
        var catalog = Catalog();
        var calls = Enumerable.Range(0, 50).Select(_ => catalog.GetAsync()).ToArray();

        answer.Release();

        Assert.All(await Task.WhenAll(calls), snapshot => Assert.Single(snapshot.Entries));
        Assert.Single(_service.Sent);
    }

    [Fact]
    public async Task One_who_gives_up_does_not_end_the_reading_of_others()
    {
        using var answer = new HeldContent(One);
        using var patience = new CancellationTokenSource();
        _service.Answers(HttpStatusCode.OK, answer);
        var catalog = Catalog();
        var impatient = catalog.GetAsync(patience.Token);
        var patient = catalog.GetAsync();

        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        answer.Release();

        Assert.Single((await patient).Entries);
    }

    [Fact]
    public async Task A_refresh_reads_whatever_is_kept_and_throws_when_it_fails()
    {
        _service.Answers(One).Answers(Two).Answers(Trouble, HttpStatusCode.ServiceUnavailable);
        var catalog = Catalog();
        await catalog.GetAsync();

        Assert.Equal(2, (await catalog.RefreshAsync()).Entries.Count);
        await Assert.ThrowsAsync<DatabricksServingException>(() => catalog.RefreshAsync());
        Assert.Equal(2, (await catalog.GetAsync()).Entries.Count);
    }

    [Fact]
    public async Task Details_come_on_request_and_one_that_cannot_be_read_keeps_its_short_form()
    {
        _service.Answers(Two)
            .Answers("""{"name":"a","description":"in full"}""")
            .Answers("""{"error_code":"PERMISSION_DENIED","message":"Not yours."}""", HttpStatusCode.Forbidden);

        var snapshot = await Catalog(new() { ReadDetails = true, MaxConcurrentReads = 1 }).GetAsync();

        Assert.Equal(["in full", null], snapshot.Entries.Select(entry => entry.Endpoint.Description));
    }

    [Fact]
    public async Task One_endpoint_is_read_in_full_and_not_kept()
    {
        _service.Answers("""{"name":"a","task":"llm/v1/embeddings"}""");

        var entry = await Catalog().GetEntryAsync("a");

        Assert.Equal(("embedding", "/api/2.0/serving-endpoints/a"), (entry.Mode.Value.ToString(), _service.Sent[0].Uri.AbsolutePath));
    }

    [Fact]
    public void Entries_are_found_by_their_exact_name()
    {
        var snapshot = new ServingCatalogSnapshot([new() { Endpoint = new() { Name = "a" } }], DateTimeOffset.UnixEpoch);

        Assert.Equal(("a", null), (snapshot.Find("a")?.Name, snapshot.Find("A")?.Name));
    }

    [Fact]
    public void Options_that_make_no_sense_are_refused()
    {
        var endpoints = _service.Client().Endpoints;

        Assert.Throws<ArgumentOutOfRangeException>(() => new ServingCatalog(endpoints, new() { TimeToLive = TimeSpan.FromSeconds(-1) }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ServingCatalog(endpoints, new() { WaitBeyond = TimeSpan.FromSeconds(1) }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ServingCatalog(endpoints, new() { RetryAfterFailure = TimeSpan.FromSeconds(-1) }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ServingCatalog(endpoints, new() { MaxConcurrentReads = 0 }));
    }

    [Fact]
    public void The_clients_own_directory_is_always_the_same()
    {
        var endpoints = _service.Client().Endpoints;

        Assert.Same(endpoints.Catalog, endpoints.Catalog);
    }

    private ServingCatalog Catalog(ServingCatalogOptions? options = null) =>
        new(_service.Client(options => options.TimeProvider = _clock).Endpoints, options);

    /// <summary>Asks again until the reading in the background, which cannot be awaited, has completed.</summary>
    private static async Task<ServingCatalogSnapshot> Until(ServingCatalog catalog, Func<ServingCatalogSnapshot, bool> isThere)
    {
        for (var turn = 0; turn < 100_000; turn++)
        {
            if (await catalog.GetAsync() is var snapshot && isThere(snapshot))
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
