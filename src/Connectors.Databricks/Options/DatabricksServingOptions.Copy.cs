namespace Connectors.Databricks;

// How the options are copied, and what of them is refused.
public sealed partial class DatabricksServingOptions
{
    /// <summary>49 days: a timer of .NET counts 32 bits of milliseconds.</summary>
    private static readonly TimeSpan LongestTime = TimeSpan.FromDays(49);

    /// <summary>A copy that sends with another client and other resilience strategies.</summary>
    internal DatabricksServingOptions With(HttpClient httpClient, DatabricksResilienceOptions resilience)
    {
        var copy = With(resilience);
        copy.HttpClient = httpClient;
        return copy;
    }

    /// <summary>A copy with other resilience strategies.</summary>
    internal DatabricksServingOptions With(DatabricksResilienceOptions resilience)
    {
        var copy = Copy();
        copy.Resilience = resilience;
        return copy;
    }

    /// <summary>Validates and copies the options, except for the host and the credential.</summary>
    internal DatabricksServingOptions CopyValidated()
    {
        RequireNotNull(Authentication, nameof(Authentication));
        var copy = Copy();
        RequireDefined(copy.Gateway, nameof(Gateway));
        RequireNotNull(copy.LoggerFactory, nameof(LoggerFactory));
        RequireNotNull(copy.TimeProvider, nameof(TimeProvider));
        RequireNotNull(copy.SerializerOptions, nameof(SerializerOptions));
        RequireNotNull(copy.Models, nameof(Models));
        RequireNotNull(copy.Chat, nameof(Chat));
        copy.Chat = copy.Chat.CopyValidated();
        RequirePositive(copy.StreamIdleTimeout, nameof(StreamIdleTimeout));
        if (copy._isResilienceSet || copy._resilience is not null)
        {
            RequireNotNull(copy._resilience, nameof(Resilience));
            copy.Resilience = copy._resilience!.CopyValidated();
        }
        else
        {
            copy.Resilience = new DatabricksResilienceOptions();
        }

        RequireNotNull(copy.ResponseLimits, nameof(ResponseLimits));
        copy.ResponseLimits = copy.ResponseLimits.CopyValidated();
        RequirePositive(copy.ConnectTimeout, nameof(ConnectTimeout));
        RequireCountable(copy.ConnectTimeout, nameof(ConnectTimeout), "use Timeout.InfiniteTimeSpan for none");
        RequireCountable(copy.StreamIdleTimeout, nameof(StreamIdleTimeout), "use Timeout.InfiniteTimeSpan for none");
        return copy;
    }

    // One call instead of two for each property: an app that starts compiles every one that it calls.
    private DatabricksServingOptions Copy()
    {
        var copy = (DatabricksServingOptions)MemberwiseClone();
        copy.Authentication = Authentication.Copy();
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
        if (value is not (DatabricksGatewayMode.Auto or DatabricksGatewayMode.Always or DatabricksGatewayMode.Never))
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
