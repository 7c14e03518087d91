using System.Net;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;

namespace Connectors.Databricks.Tests.Hosting;

/// <summary>Resilience handlers of the app, in addition to the connector's own strategies.</summary>
public class ResilienceHandlerTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Handlers_that_the_app_adds_to_all_clients_send_no_request_twice(bool defaultsFirst)
    {
        var service = new VerbatimService().Answers("", HttpStatusCode.InternalServerError);
        var services = new ServiceCollection();
        if (defaultsFirst)
        {
            AddToAllClients(services);
        }

        AddServing(services, service);
        if (!defaultsFirst)
        {
            AddToAllClients(services);
        }

        await Failure.Of(Chat(services));

        Assert.Single(service.Sent);
    }

    [Fact]
    public async Task An_answer_of_thirty_seconds_arrives_in_an_app_whose_clients_have_the_standard_handler()
    {
        var clock = new FakeClock();
        var service = new VerbatimService();
        var services = new ServiceCollection().AddSingleton<TimeProvider>(clock);
        AddToAllClients(services);
        AddServing(services, service).AddHttpMessageHandler(() => new SlowHandler(clock, TimeSpan.FromSeconds(30)));
        service.Answers(Some.ChatBody);
        var chatting = Chat(services).GetResponseAsync(Some.Question());
        await clock.TimerDueIn(TimeSpan.FromSeconds(30));

        clock.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal("Hi.", (await chatting).Text);
        Assert.DoesNotContain(Handlers(services), handler => handler is ResilienceHandler);
    }

    [Fact]
    public async Task A_resilience_handler_of_the_app_replaces_the_retries()
    {
        var service = new VerbatimService().Answers("", HttpStatusCode.ServiceUnavailable).Answers("", HttpStatusCode.ServiceUnavailable);
        var services = new ServiceCollection();
        AddServing(services, service).AddStandardResilienceHandler(RetryOnceAtOnce);

        await Failure.Of(Chat(services));

        Assert.Equal(2, service.Sent.Count);
    }

    [Fact]
    public async Task Retries_that_the_app_configures_stay_on_with_its_handler()
    {
        var service = new VerbatimService();
        for (var i = 0; i < 4; i++)
        {
            service.Answers("", HttpStatusCode.ServiceUnavailable);
        }

        var services = new ServiceCollection();
        AddServing(services, service, options => options.RetriesAtOnce(1)).AddStandardResilienceHandler(RetryOnceAtOnce);

        await Failure.Of(Chat(services));

        Assert.Equal(4, service.Sent.Count);
    }

    [Fact]
    public async Task Retries_whose_members_the_app_sets_stay_on_too()
    {
        var service = new VerbatimService();
        for (var i = 0; i < 4; i++)
        {
            service.Answers("", HttpStatusCode.ServiceUnavailable);
        }

        var services = new ServiceCollection();
        AddServing(
            services, service, options => (options.Resilience.Retry!.MaxRetryAttempts, options.Resilience.Retry.Delay) = (1, TimeSpan.Zero))
            .AddStandardResilienceHandler(RetryOnceAtOnce);

        await Failure.Of(Chat(services));

        Assert.Equal(4, service.Sent.Count);
    }

    [Fact]
    public async Task A_handler_of_another_kind_leaves_the_retries_on()
    {
        var service = new VerbatimService().Answers("", HttpStatusCode.ServiceUnavailable, headers: ("Retry-After", "0"))
            .Answers(Some.ChatBody);
        var services = new ServiceCollection();
        AddServing(services, service).AddHttpMessageHandler(() => new SlowHandler(TimeProvider.System, TimeSpan.Zero));

        Assert.Equal("Hi.", (await Chat(services).GetResponseAsync(Some.Question())).Text);
    }

    [Fact]
    public void Adding_the_client_twice_keeps_the_handlers_of_the_app()
    {
        var services = new ServiceCollection();
        AddServing(services, new VerbatimService()).AddStandardResilienceHandler();
        services.AddDatabricksServing();

        Assert.Single(Handlers(services), handler => handler is ResilienceHandler);
    }

    private static void AddToAllClients(IServiceCollection services) =>
        services.ConfigureHttpClientDefaults(
            builder => builder.AddStandardResilienceHandler(options => options.Retry.Delay = TimeSpan.Zero));

    private static void RetryOnceAtOnce(HttpStandardResilienceOptions options) =>
        (options.Retry.MaxRetryAttempts, options.Retry.Delay) = (1, TimeSpan.Zero);

    private static IHttpClientBuilder AddServing(
        IServiceCollection services, VerbatimService service, Action<DatabricksServingOptions>? configure = null) => services
        .AddDatabricksServing(options =>
        {
            options.Host = Some.Host;
            options.Credential = DatabricksCredential.FromToken(Some.Token);
            configure?.Invoke(options);
        })
        .ConfigurePrimaryHttpMessageHandler(() => service);

    private static IChatClient Chat(IServiceCollection services) =>
        services.BuildServiceProvider().GetRequiredService<DatabricksServingClient>().GetChatClient("some-endpoint");

    private static IEnumerable<HttpMessageHandler> Handlers(IServiceCollection services)
    {
        var handler = services.BuildServiceProvider().GetRequiredService<IHttpMessageHandlerFactory>()
            .CreateHandler("Connectors.Databricks");
        for (var next = handler; next is not null; next = (next as DelegatingHandler)?.InnerHandler)
        {
            yield return next;
        }
    }

    private sealed class SlowHandler(TimeProvider timeProvider, TimeSpan delay) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Delay(delay, timeProvider, cancellationToken);
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
