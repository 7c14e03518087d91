namespace Connectors.Databricks;

// How the options are copied, and what of them is refused.
public sealed partial class DatabricksServingOptions
{
    /// <summary>49 days: a timer of .NET counts 32 bits of milliseconds.</summary>
    private static readonly TimeSpan LongestTime = TimeSpan.FromDays(49);

    private DatabricksServingOptions(DatabricksServingOptions other)
    {
        Host = other.Host;
        Credential = other.Credential;
        Authentication = new DatabricksAuthenticationOptions(other.Authentication);
        UseRouteOptimization = other.UseRouteOptimization;
        Gateway = other.Gateway;
        HttpClient = other.HttpClient;
        LoggerFactory = other.LoggerFactory;
        TimeProvider = other.TimeProvider;
        ApplicationName = other.ApplicationName;
        SerializerOptions = other.SerializerOptions;
        Resilience = other.Resilience;
        StreamIdleTimeout = other.StreamIdleTimeout;
        ConnectTimeout = other.ConnectTimeout;
        ResponseLimits = other.ResponseLimits;
        Models = other.Models;
        Chat = other.Chat;
    }

    /// <summary>A copy that sends with another client and other resilience strategies.</summary>
    internal DatabricksServingOptions With(HttpClient httpClient, DatabricksResilienceOptions resilience) =>
        new(this) { HttpClient = httpClient, Resilience = resilience };

    /// <summary>A copy with other resilience strategies.</summary>
    internal DatabricksServingOptions With(DatabricksResilienceOptions resilience) => new(this) { Resilience = resilience };

    /// <summary>Validates and copies the options, except for the host and the credential.</summary>
    internal DatabricksServingOptions CopyValidated()
    {
        RequireNotNull(Authentication, nameof(Authentication));
        var copy = new DatabricksServingOptions(this);
        RequireDefined(copy.Gateway, nameof(Gateway));
        RequireNotNull(copy.LoggerFactory, nameof(LoggerFactory));
        RequireNotNull(copy.TimeProvider, nameof(TimeProvider));
        RequireNotNull(copy.SerializerOptions, nameof(SerializerOptions));
        RequireNotNull(copy.Models, nameof(Models));
        RequireNotNull(copy.Chat, nameof(Chat));
        copy.Chat = copy.Chat.CopyValidated();
        RequirePositive(copy.StreamIdleTimeout, nameof(StreamIdleTimeout));
        RequireNotNull(copy.Resilience, nameof(Resilience));
        RequireNotNull(copy.ResponseLimits, nameof(ResponseLimits));
        copy.Resilience = copy.Resilience.CopyValidated();
        copy.ResponseLimits = copy.ResponseLimits.CopyValidated();
        RequirePositive(copy.ConnectTimeout, nameof(ConnectTimeout));
        RequireCountable(copy.ConnectTimeout, nameof(ConnectTimeout), "use Timeout.InfiniteTimeSpan for none");
        RequireCountable(copy.StreamIdleTimeout, nameof(StreamIdleTimeout), "use Timeout.InfiniteTimeSpan for none");
        return copy;
    }

    private static void RequireNotNull(object? value, string name)
    {
        if (value is null)
        {
            throw new ArgumentException($"{name} is null. Leave it at its default instead.");
        }
    }

    private static void RequireDefined(DatabricksGatewayMode value, string name)
    {
        if (!Enum.IsDefined(value))
        {
            throw new ArgumentException($"{name} is {value}. Use Auto, Always or Never.");
        }
    }

    internal static void RequirePositive(TimeSpan value, string name)
    {
        if (value <= TimeSpan.Zero && value != Timeout.InfiniteTimeSpan)
        {
            throw new ArgumentException($"{name} is {value}. Use a positive time, or Timeout.InfiniteTimeSpan for none.");
        }
    }

    private static void RequireCountable(TimeSpan value, string name, string advice)
    {
        if (value > LongestTime)
        {
            throw new ArgumentException($"{name} is {value}. Timers count to {LongestTime.Days} days; {advice}.");
        }
    }
}
