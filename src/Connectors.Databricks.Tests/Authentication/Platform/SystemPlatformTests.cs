using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Connectors.Databricks.Authentication;
using Connectors.Databricks.Authentication.Platform;
using Connectors.Databricks.Authentication.Tokens;
using Connectors.Databricks.Diagnostics;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.Logging.Testing;

namespace Connectors.Databricks.Tests.Authentication.Platform;

/// <summary>The real handler of token requests, against a real socket of this machine.</summary>
public class SystemPlatformTests
{
    private const string Good = """{"access_token":"t"}""";

    [Theory]
    [InlineData("http://localhost/", true)]
    [InlineData("http://127.0.0.1:80/", true)]
    [InlineData("http://127.8.9.10/", true)]
    [InlineData("http://[::1]/", true)]
    [InlineData("http://169.254.169.254/metadata", true)]
    [InlineData("http://169.254.169.253/", false)]
    [InlineData("https://localhost.example.com/", false)]
    [InlineData("https://login.microsoftonline.com/", false)]
    public void This_machine_and_its_metadata_service_are_asked_without_a_proxy(string address, bool bypasses) =>
        Assert.Equal(bypasses, SystemPlatform.BypassesProxy(new Uri(address)));

    [Theory]
    [InlineData("301 Moved Permanently")]
    [InlineData("302 Found")]
    [InlineData("307 Temporary Redirect")]
    [InlineData("308 Permanent Redirect")]
    public async Task A_redirect_is_not_followed(string status)
    {
        await using var target = new LoopbackServer();
        await using var server = new LoopbackServer().Answers(status, "", $"Location: {target.Address}elsewhere");

        var failure = await Assert.ThrowsAsync<TokenCallException>(() => Post(server));

        Assert.Equal(status[..3], ((int)failure.StatusCode!).ToString(null as IFormatProvider));
        Assert.Equal((1, 0), (server.Requests.Count, target.Requests.Count));
    }

    [Fact]
    public async Task Where_a_redirect_leads_can_be_read()
    {
        await using var server = new LoopbackServer().Answers("302 Found", "", "Location: https://login.microsoftonline.com/tenant/x");

        var location = await Requests().GetRedirectAsync(new TokenCall("Asking", HttpMethod.Get, server.Address), default);

        Assert.Equal("https://login.microsoftonline.com/tenant/x", location!.AbsoluteUri);
    }

    [Fact]
    public async Task A_token_request_leaves_no_trace_and_makes_no_activity()
    {
        await using var server = new LoopbackServer().Answers("200 OK", Good);
        var started = new List<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name.StartsWith("System.Net.Http", StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStarted = activity =>
            {
                lock (started)
                {
                    started.Add($"{activity.OperationName} {activity.GetTagItem("server.port")}");
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        using var caller = new Activity("caller").SetBaggage("secret", "canary").Start();

        await Post(server);

        var head = Assert.Single(server.Requests);
        Assert.DoesNotContain(started, name => name.EndsWith($" {server.Address.Port}", StringComparison.Ordinal));
        Assert.Equal(
            $"""
            POST / HTTP/1.1
            Host: {server.Address.Authority}
            Accept: application/json
            Accept-Encoding: gzip, deflate, br
            Content-Type: application/x-www-form-urlencoded
            Content-Length: 10

            a=b+%2B%26
            """.ReplaceLineEndings("\r\n"),
            head.Replace(", zstd", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_reset_is_asked_again()
    {
        await using var server = new LoopbackServer().Resets().Answers("200 OK", Good);

        await Post(server);

        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_body_that_breaks_off_is_asked_again()
    {
        await using var server = new LoopbackServer()
            .Does(socket => socket.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"acc"u8.ToArray()))
            .Answers("200 OK", Good);

        await Post(server);

        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_port_without_a_listener_is_retried_for_a_minute()
    {
        var server = new LoopbackServer();
        await server.DisposeAsync();
        var clock = new FakeClock();
        var asking = Requests(clock, chance: 0.7).GetObjectAsync(new TokenCall("Asking", HttpMethod.Get, server.Address), default);
        await clock.TimerDueIn(TimeSpan.FromSeconds(0.7));

        clock.Advance(TimeSpan.FromMinutes(1));

        var failure = await Assert.ThrowsAsync<TokenCallException>(() => asking).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.StartsWith($"Asking: {server.Address} could not be reached: ", failure.Message, StringComparison.Ordinal);
        Assert.True(failure.IsTransient);
    }

    [Fact]
    public async Task An_endless_answer_is_cut_off()
    {
        await using var server = new LoopbackServer().Does(async socket =>
        {
            await socket.SendAsync("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"u8.ToArray());
            var block = Encoding.ASCII.GetBytes(new string(' ', 65536));
            for (var i = 0; i < 64 && socket.Connected; i++)
            {
                await socket.SendAsync(block);
            }
        });

        var failure = await Assert.ThrowsAsync<TokenCallException>(() => Post(server));

        Assert.Equal(
            $"Asking: {server.Address} returned 200 OK, and the response could not be read: it is larger than 1048576 bytes",
            failure.Message);
    }

    [Fact]
    public async Task An_answer_that_does_not_come_is_given_up()
    {
        var heard = new TaskCompletionSource();
        var end = new TaskCompletionSource();
        await using var server = new LoopbackServer().Does(_ =>
        {
            heard.SetResult();
            return end.Task;
        });
        var clock = new FakeClock();
        var call = new TokenCall("Asking", HttpMethod.Get, server.Address) { AttemptTimeout = TimeSpan.FromSeconds(5), Repeats = false };
        var asking = Requests(clock).GetObjectAsync(call, default);
        await heard.Task.WaitAsync(TimeSpan.FromSeconds(30));

        clock.Advance(TimeSpan.FromSeconds(5));

        var failure = await Assert.ThrowsAsync<TokenCallException>(() => asking).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal($"Asking: {server.Address} did not respond within 5 seconds.", failure.Message);
        end.SetResult();
    }

    [Fact]
    public void A_program_that_is_installed_as_a_link_is_as_large_as_what_it_leads_to()
    {
        if (OperatingSystem.IsWindows())
        {
            // There it takes a privilege to make a link.
            return;
        }

        var folder = Directory.CreateTempSubdirectory("connector-tests-");
        try
        {
            var program = Path.Combine(folder.FullName, "program");
            File.WriteAllBytes(program, new byte[1234]);
            File.CreateSymbolicLink(Path.Combine(folder.FullName, "link"), "program");
            File.CreateSymbolicLink(Path.Combine(folder.FullName, "link-to-link"), "link");
            File.CreateSymbolicLink(Path.Combine(folder.FullName, "broken"), "nothing");
            File.CreateSymbolicLink(Path.Combine(folder.FullName, "folder"), ".");
            var machine = new SystemPlatform(new FakeClock());

            Assert.Equal(
                [1234, 1234, 1234, null, null, null],
                new[] { "program", "link", "link-to-link", "broken", "folder", "nothing" }
                    .Select(name => machine.FileSize(Path.Combine(folder.FullName, name))));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_pipe_is_read_to_its_end()
    {
        if (OperatingSystem.IsWindows())
        {
            // There a path names no pipe that a shell made.
            return;
        }

        var folder = Directory.CreateTempSubdirectory("connector-tests-");
        try
        {
            var path = Path.Combine(folder.FullName, "pipe");
            using (var process = Process.Start("mkfifo", [path]))
            {
                await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
            }

            // Each end waits for the other to open.
            var writing = Task.Run(() =>
            {
                using var pipe = new FileStream(path, FileMode.Open, FileAccess.Write);
                pipe.Write("[DEFAULT]\nhost=x\n"u8);
            });
            var text = await Task.Run(() => new SystemPlatform(new FakeClock()).ReadFile(path)).WaitAsync(TimeSpan.FromSeconds(30));

            await writing.WaitAsync(TimeSpan.FromSeconds(30));
            Assert.Equal("[DEFAULT]\nhost=x\n", text);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void What_is_missing_is_told_from_what_cannot_be_read()
    {
        var folder = Directory.CreateTempSubdirectory("connector-tests-");
        try
        {
            var machine = new SystemPlatform(new FakeClock());
            var large = Path.Combine(folder.FullName, "large");
            File.WriteAllText(large, new string(' ', 1024 * 1024 + 1));

            Assert.Throws<FileNotFoundException>(() => machine.ReadFile(Path.Combine(folder.FullName, "missing")));
            Assert.Throws<DirectoryNotFoundException>(() => machine.ReadFile(Path.Combine(folder.FullName, "missing", "missing")));
            Assert.Equal("it is a directory", Assert.Throws<IOException>(() => machine.ReadFile(folder.FullName)).Message);
            Assert.Equal("it has more than 1048576 characters", Assert.Throws<IOException>(() => machine.ReadFile(large)).Message);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Task<JsonElement> Post(LoopbackServer server) =>
        Requests().GetObjectAsync(
            new TokenCall("Asking", HttpMethod.Post, server.Address) { Form = [new("a", "b +&")] }, CancellationToken.None);

    private static TokenRequests Requests(FakeClock? clock = null, double chance = 0) =>
        new(new IsolatedPlatform(clock ?? new FakeClock()) { Chance = chance }, new FakeLogger(), new Redaction([]));
}
