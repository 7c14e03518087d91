using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Connectors.Databricks.Tests.Hosting;

/// <summary>The client as an app's service. Host and credential are given in code, so nothing of this machine is read.</summary>
public class AddDatabricksServingTests
{
    [Fact]
    public async Task Clients_of_endpoints_send_through_the_handlers_of_the_app()
    {
        var service = new VerbatimService().Answers(Some.ChatBody)
            .Answers("""{"object":"list","data":[{"object":"embedding","index":0,"embedding":[0.5,-1]}],"model":"m","usage":{"prompt_tokens":1,"total_tokens":1}}""");
        var services = new ServiceCollection();
        services.AddDatabricksServing(InCode).ConfigurePrimaryHttpMessageHandler(() => service);
        await using var provider = services.BuildServiceProvider();
        var serving = provider.GetRequiredService<DatabricksServingClient>();

        var response = await serving.GetChatClient("some-endpoint").GetResponseAsync(Some.Question());
        var vector = await serving.GetEmbeddingGenerator("some-vectors").GenerateVectorAsync("text");

        Assert.Equal("Hi.", response.Text);
        Assert.Equal([0.5f, -1f], vector.ToArray());
        Assert.Equal(
            [
                "https://some-workspace.cloud.databricks.com/serving-endpoints/some-endpoint/invocations",
                "https://some-workspace.cloud.databricks.com/serving-endpoints/some-vectors/invocations",
            ],
            service.Sent.Select(request => request.Uri.AbsoluteUri));
    }

    [Fact]
    public async Task There_is_one_client_for_the_app()
    {
        await using var provider = Services(InCode).BuildServiceProvider();

        Assert.Same(provider.GetRequiredService<DatabricksServingClient>(), provider.GetRequiredService<DatabricksServingClient>());
    }

    [Fact]
    public async Task The_HTTP_client_has_no_time_out_of_its_own()
    {
        await using var provider = Services(InCode).BuildServiceProvider();

        var http = provider.GetRequiredService<IHttpClientFactory>().CreateClient("Connectors.Databricks");

        Assert.Equal(Timeout.InfiniteTimeSpan, http.Timeout);
    }

    [Fact]
    public async Task A_client_in_the_options_takes_precedence_over_that_of_the_app()
    {
        var own = new VerbatimService().Answers(Some.ChatBody);
        var services = new ServiceCollection();
        services.AddDatabricksServing(options =>
        {
            InCode(options);
            options.HttpClient = new HttpClient(own);
        }).ConfigurePrimaryHttpMessageHandler(() => new VerbatimService());
        await using var provider = services.BuildServiceProvider();

        await provider.GetRequiredService<DatabricksServingClient>().GetChatClient("some-endpoint").GetResponseAsync(Some.Question());

        Assert.Single(own.Sent);
    }

    [Fact]
    public async Task The_log_and_the_clock_of_the_app_are_used()
    {
        var clock = new FakeClock();
        using var log = new FakeLoggerFactory();
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(log).AddSingleton<TimeProvider>(clock);
        services.AddDatabricksServing(InCode);
        await using var provider = services.BuildServiceProvider();

        var options = provider.GetRequiredService<IOptions<DatabricksServingOptions>>().Value;

        Assert.Same(log, options.LoggerFactory);
        Assert.Same(clock, options.TimeProvider);
    }

    [Fact]
    public async Task The_log_of_the_HTTP_client_shows_no_token()
    {
        using var log = new FakeLoggerFactory();
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(log);
        services.AddDatabricksServing(InCode).ConfigurePrimaryHttpMessageHandler(() => new VerbatimService().Answers(Some.ChatBody));
        await using var provider = services.BuildServiceProvider();

        await provider.GetRequiredService<DatabricksServingClient>().GetChatClient("some-endpoint").GetResponseAsync(Some.Question());

        Assert.Contains(
            log.Collector.Lines(),
            line => line.Level == LogLevel.Trace && line.Text.Contains("Authorization: *", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Collector.Lines(), line => line.Text.Contains(Some.Token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_app_whose_options_cannot_work_does_not_start()
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddDatabricksServing(options =>
        {
            InCode(options);
            options.Resilience.RetryBudget = -1;
        });
        using var host = builder.Build();

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Equal("Resilience.RetryBudget is -1. It cannot be negative.", exception.Message);
    }

    [Fact]
    public void A_section_sets_every_option_it_names()
    {
        var options = FromSection(
            ("Host", "w.cloud.databricks.com"),
            ("applicationName", "my-app/2"),
            ("StreamIdleTimeout", "-00:00:00.001"),
            ("Chat:IncludeUsageInStreams", "false"),
            ("Chat:IncludeRawUpdates", "True"),
            ("Authentication:Token", "dapi-1"),
            ("Authentication:Scopes:0", "a"),
            ("Authentication:Scopes:1", "b"),
            ("Authentication:AzureUseMsi", "false"));

        Assert.Equal("https://w.cloud.databricks.com/", new DatabricksServingClient(options, new FakePlatform()).Host.AbsoluteUri);
        Assert.Equal(
            ("my-app/2", Timeout.InfiniteTimeSpan, false, true),
            (options.ApplicationName, options.StreamIdleTimeout, options.Chat.IncludeUsageInStreams, options.Chat.IncludeRawUpdates));
        Assert.Equal(
            ("dapi-1", "a,b", (bool?)false),
            (options.Authentication.Token, string.Join(',', options.Authentication.Scopes!), options.Authentication.AzureUseMsi));
    }

    /// <summary>Every setting that can be written as text is a key; a new one that is forgotten in the table fails here.</summary>
    [Fact]
    public void Every_option_that_is_a_text_a_number_or_a_flag_can_be_in_a_section()
    {
        var known = typeof(DatabricksServingOptions).GetProperties().Where(property => IsText(property.PropertyType))
            .Select(property => property.Name)
            .Concat(typeof(DatabricksAuthenticationOptions).GetProperties().Select(property => $"Authentication:{property.Name}"))
            .Concat(
                typeof(DatabricksChatOptions).GetProperties().Where(property => IsText(property.PropertyType))
                    .Select(property => $"Chat:{property.Name}"));

        Assert.All(known, key =>
        {
            var exception = Record.Exception(() => FromSection((key, "00:00:01")));
            Assert.True(exception?.Message.Contains("is no option") is not true, exception?.Message);
        });
    }

    [Theory]
    [InlineData("Hots", "https://w", "Configuration 'Databricks:Hots' is no option. The known ones: Host, ")]
    [InlineData(
        "Authentication:Tokne", "dapi-secret", "Configuration 'Databricks:Authentication:Tokne' is no option. The known ones: Profile, ")]
    [InlineData(
        "StreamIdleTimeout", "dapi-secret",
        "Configuration 'Databricks:StreamIdleTimeout' is not a time. Write it as hours:minutes:seconds, such as 00:10:00.")]
    [InlineData("StreamIdleTimeout", "30", "Configuration 'Databricks:StreamIdleTimeout' is not a time. ")]
    [InlineData("StreamIdleTimeout", "5:00", "Configuration 'Databricks:StreamIdleTimeout' is not a time. ")]
    [InlineData("StreamIdleTimeout", "24:00:00", "Configuration 'Databricks:StreamIdleTimeout' is not a time. ")]
    [InlineData(
        "Resilience:Retry:MaxRetryAttempts", "dapi-secret",
        "Configuration 'Databricks:Resilience:Retry:MaxRetryAttempts' is not a whole number.")]
    [InlineData("Chat:IncludeRawUpdates", "yes", "Configuration 'Databricks:Chat:IncludeRawUpdates' is neither true nor false.")]
    public void A_key_or_value_that_makes_no_sense_is_named_and_no_value_quoted(string key, string value, string message)
    {
        var exception = Assert.Throws<ArgumentException>(() => FromSection((key, value)));

        Assert.StartsWith(message, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("dapi-secret", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_next_to_the_host_is_told_where_it_belongs() => Assert.Equal(
        "Configuration 'Databricks:Token' is no option here: it belongs one level deeper, in 'Authentication:Token'.",
        Assert.Throws<ArgumentException>(() => FromSection(("Token", "dapi-secret"))).Message);

    [Fact]
    public void A_text_in_place_of_the_authentication_section_is_not_ignored() => Assert.StartsWith(
        "Configuration 'Databricks:Authentication' is a section, not a value. Its keys: Profile, ",
        Assert.Throws<ArgumentException>(() => FromSection(("Authentication", "dapi-secret"))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void The_known_options_name_the_authentication_section() => Assert.EndsWith(
        ", Authentication.", Assert.Throws<ArgumentException>(() => FromSection(("Hots", "https://w"))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("0:10:00", 600)]
    [InlineData("1.00:00:00", 86_400)]
    [InlineData("00:00:02.5", 2.5)]
    public void A_time_of_hours_minutes_and_seconds_is_read(string text, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), FromSection(("StreamIdleTimeout", text)).StreamIdleTimeout);

    [Fact]
    public void An_empty_value_leaves_the_default() =>
        Assert.Equal(new DatabricksServingOptions().StreamIdleTimeout, FromSection(("StreamIdleTimeout", "")).StreamIdleTimeout);

    private static bool IsText(Type type) => type == typeof(string) || type == typeof(Uri) || type == typeof(TimeSpan) || type.IsPrimitive;

    private static ServiceCollection Services(Action<DatabricksServingOptions> configure)
    {
        var services = new ServiceCollection();
        services.AddDatabricksServing(configure);
        return services;
    }

    private static void InCode(DatabricksServingOptions options)
    {
        options.Host = Some.Host;
        options.Credential = DatabricksCredential.FromToken(Some.Token);
        options.Resilience.Retry = null;
    }

    private static DatabricksServingOptions FromSection(params (string Key, string Value)[] values)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(values.Select(value => KeyValuePair.Create($"Databricks:{value.Key}", (string?)value.Value))).Build();
        var services = new ServiceCollection();
        services.AddDatabricksServing(configuration.GetSection("Databricks"));

        // The options alone: whether they work on this machine is the validation's question.
        var configure = services.BuildServiceProvider().GetServices<IConfigureOptions<DatabricksServingOptions>>();
        var options = new DatabricksServingOptions();
        foreach (var step in configure)
        {
            step.Configure(options);
        }

        return options;
    }
}
