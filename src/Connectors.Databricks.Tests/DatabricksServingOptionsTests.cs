using System.Net;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests;

public class DatabricksServingOptionsTests
{
    private static readonly TimeSpan TooLong = TimeSpan.FromDays(50);

    [Theory]
    [InlineData("https://w.cloud.databricks.com", "https://w.cloud.databricks.com/")]
    [InlineData("https://w.cloud.databricks.com/", "https://w.cloud.databricks.com/")]
    [InlineData("https://w.cloud.databricks.com/ml/endpoints?o=123#top", "https://w.cloud.databricks.com/")]
    [InlineData("https://user:secret@w.cloud.databricks.com/", "https://w.cloud.databricks.com/")]
    [InlineData("https://W.Cloud.Databricks.com:443", "https://w.cloud.databricks.com/")]
    [InlineData("https://w.cloud.databricks.com:8443/x", "https://w.cloud.databricks.com:8443/")]
    [InlineData("http://localhost:5000/x", "http://localhost:5000/")]
    [InlineData("http://127.0.0.1:5000", "http://127.0.0.1:5000/")]
    [InlineData("http://[::1]:5000", "http://[::1]:5000/")]
    [InlineData("https://[2001:db8::1]", "https://[2001:db8::1]/")]
    [InlineData("w.cloud.databricks.com", "https://w.cloud.databricks.com/")]
    [InlineData("localhost:8443", "https://localhost:8443/")]
    public void The_host_is_reduced_to_scheme_and_authority(string host, string expected) =>
        Assert.Equal(expected, Client(options => options.Host = new Uri(host, UriKind.RelativeOrAbsolute)).Host.AbsoluteUri);

    [Theory]
    [InlineData(
        "http://w.cloud.databricks.com/x?y",
        "Host 'http://w.cloud.databricks.com' does not use https. Plain http is accepted for loopback addresses alone.")]
    [InlineData(
        "http://user:secret@w.cloud.databricks.com",
        "Host 'http://w.cloud.databricks.com' does not use https. Plain http is accepted for loopback addresses alone.")]
    [InlineData(
        "http://localhost.example.com",
        "Host 'http://localhost.example.com' does not use https. Plain http is accepted for loopback addresses alone.")]
    [InlineData("http://10.0.0.1:80", "Host 'http://10.0.0.1' does not use https. Plain http is accepted for loopback addresses alone.")]
    [InlineData("ftp://localhost", "Host 'ftp://localhost' does not use https. Plain http is accepted for loopback addresses alone.")]
    [InlineData("w cloud", "Host 'w cloud' names no host. Write it as https://<workspace>.")]
    [InlineData("dapi-secret@w cloud", "Host 'w cloud' names no host. Write it as https://<workspace>.")]
    [InlineData("/serving-endpoints", "Host '/serving-endpoints' names no host. Write it as https://<workspace>.")]
    public void Another_host_is_refused_and_no_secret_in_it_is_quoted(string host, string message) =>
        Refuses(options => options.Host = new Uri(host, UriKind.RelativeOrAbsolute), message);

    [Fact]
    public void Authentication_options_cannot_be_null() =>
        Refuses(options => options.Authentication = null!, "Authentication is null. Leave it at its default instead.");

    [Fact]
    public void A_logger_factory_cannot_be_null() =>
        Refuses(options => options.LoggerFactory = null!, "LoggerFactory is null. Leave it at its default instead.");

    [Fact]
    public void A_clock_cannot_be_null() =>
        Refuses(options => options.TimeProvider = null!, "TimeProvider is null. Leave it at its default instead.");

    [Fact]
    public void Serializer_options_cannot_be_null() =>
        Refuses(options => options.SerializerOptions = null!, "SerializerOptions is null. Leave it at its default instead.");

    [Fact]
    public void Chat_options_cannot_be_null() =>
        Refuses(options => options.Chat = null!, "Chat is null. Leave it at its default instead.");

    [Fact]
    public void A_catalog_of_models_cannot_be_null() =>
        Refuses(options => options.Models = null!, "Models is null. Leave it at its default instead.");

    [Theory]
    [InlineData(0)]
    [InlineData(-2)]
    public void Time_outs_are_positive(int milliseconds)
    {
        var value = TimeSpan.FromMilliseconds(milliseconds);
        Refuses(
            options => options.StreamIdleTimeout = value,
            $"StreamIdleTimeout is {value}. Use a positive time, or Timeout.InfiniteTimeSpan for none.");
    }

    [Fact]
    public void Times_that_no_timer_can_count_are_refused()
    {
        const string End = " is 50.00:00:00. Timers count to 49 days; ";
        Refuses(options => options.StreamIdleTimeout = TooLong, $"StreamIdleTimeout{End}use Timeout.InfiniteTimeSpan for none.");
    }

    [Fact]
    public async Task Time_outs_can_be_switched_off_and_delays_be_zero()
    {
        var chat = new VerbatimService().Answers(Some.ChatBody).Chat(options =>
        {
            options.TotalTimeout(null);
            options.StreamIdleTimeout = Timeout.InfiniteTimeSpan;
            options.Resilience.Retry = new() { MaxRetryAttempts = int.MaxValue, Delay = TimeSpan.Zero, MaxDelay = TimeSpan.Zero };
        });

        Assert.Equal("Hi.", (await chat.GetResponseAsync(Some.Question())).Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("my app")]
    [InlineData("app/")]
    [InlineData("/1.0")]
    [InlineData("app/1.0/2")]
    [InlineData("app/1.0\r\nX-Evil: 1")]
    [InlineData("größe")]
    public void An_application_name_that_no_header_may_carry_is_refused(string name) => Refuses(
        options => options.ApplicationName = name,
        $"ApplicationName is '{name}'. Write it as name or name/version, with letters, digits, '_', '.', '+' and '-' alone.");

    [Fact]
    public void The_defaults_are_those_of_the_documentation()
    {
        var options = new DatabricksServingOptions();

        Assert.Equal(
            (TimeSpan.FromMinutes(5), DatabricksModelCapabilities.BuiltIn), (options.StreamIdleTimeout, options.Models));
        Assert.Equal(
            (null, null, null, null, TimeProvider.System, AIJsonUtilities.DefaultOptions),
            ((object?)options.Host, (object?)options.Credential, (object?)options.HttpClient, (object?)options.ApplicationName,
                options.TimeProvider, options.SerializerOptions));
    }

    [Fact]
    public async Task Later_changes_to_the_options_have_no_effect()
    {
        var service = new VerbatimService().Answers("", HttpStatusCode.ServiceUnavailable);
        var options = service.Options();
        var chat = new DatabricksServingClient(options).GetChatClient("some-endpoint");

        options.Host = new Uri("https://elsewhere.example");
        options.Credential = DatabricksCredential.FromToken("other");
        options.HttpClient = null;
        options.RetriesAtOnce(5);
        options.ApplicationName = "other";

        await Failure.Of(chat);
        var sent = Assert.Single(service.Sent);
        Assert.Equal(
            ("some-workspace.cloud.databricks.com", $"Bearer {Some.Token}", false),
            (sent.Uri.Host, sent.Headers["Authorization"], sent.Headers["User-Agent"].StartsWith("other", StringComparison.Ordinal)));
    }

    [Fact]
    public void Options_show_no_secret() =>
        Assert.Equal("Connectors.Databricks.DatabricksServingOptions", new VerbatimService().Options().ToString());

    private static void Refuses(Action<DatabricksServingOptions> configure, string message) =>
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => Client(configure)).Message);

    private static DatabricksServingClient Client(Action<DatabricksServingOptions> configure) => new VerbatimService().Client(configure);
}
