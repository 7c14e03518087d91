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
        HttpClient = other.HttpClient;
        LoggerFactory = other.LoggerFactory;
        TimeProvider = other.TimeProvider;
        ApplicationName = other.ApplicationName;
        SerializerOptions = other.SerializerOptions;
        RequestTimeout = other.RequestTimeout;
        StreamIdleTimeout = other.StreamIdleTimeout;
        HeadersTimeout = other.HeadersTimeout;
        ConnectTimeout = other.ConnectTimeout;
        RetryBudget = other.RetryBudget;
        CallLimits = other.CallLimits;
        ResponseLimits = other.ResponseLimits;
        CircuitBreaker = other.CircuitBreaker;
        MaxRetries = other.MaxRetries;
        RetryBaseDelay = other.RetryBaseDelay;
        MaxRetryDelay = other.MaxRetryDelay;
        IncludeUsageInStreams = other.IncludeUsageInStreams;
        IncludeRawUpdates = other.IncludeRawUpdates;
        Models = other.Models;
        ShapeRequests = other.ShapeRequests;
        LearnFromRefusals = other.LearnFromRefusals;
        LessonLifetime = other.LessonLifetime;
        LookUpServedEntities = other.LookUpServedEntities;
        CachePrompts = other.CachePrompts;
        ReplaceUnsupportedMedia = other.ReplaceUnsupportedMedia;
        FetchImage = other.FetchImage;
    }

    /// <summary>A copy that sends with another client.</summary>
    internal DatabricksServingOptions With(HttpClient httpClient) => new(this) { HttpClient = httpClient };

    /// <summary>Copies the options after checking them, all but the host and who logs in there.</summary>
    internal DatabricksServingOptions CopyValidated()
    {
        RequireNotNull(Authentication, nameof(Authentication));
        var copy = new DatabricksServingOptions(this);
        RequireNotNull(copy.LoggerFactory, nameof(LoggerFactory));
        RequireNotNull(copy.TimeProvider, nameof(TimeProvider));
        RequireNotNull(copy.SerializerOptions, nameof(SerializerOptions));
        RequireNotNull(copy.Models, nameof(Models));
        RequirePositive(copy.LessonLifetime, nameof(LessonLifetime));
        RequirePositive(copy.RequestTimeout, nameof(RequestTimeout));
        RequirePositive(copy.StreamIdleTimeout, nameof(StreamIdleTimeout));
        RequireNotNegative(copy.MaxRetries >= 0, nameof(MaxRetries), copy.MaxRetries);
        RequireNotNegative(copy.RetryBaseDelay >= TimeSpan.Zero, nameof(RetryBaseDelay), copy.RetryBaseDelay);
        RequireNotNegative(copy.MaxRetryDelay >= TimeSpan.Zero, nameof(MaxRetryDelay), copy.MaxRetryDelay);
        RequireNotNull(copy.CallLimits, nameof(CallLimits));
        RequireNotNull(copy.ResponseLimits, nameof(ResponseLimits));
        copy.CallLimits = copy.CallLimits.CopyValidated();
        copy.ResponseLimits = copy.ResponseLimits.CopyValidated();
        copy.CircuitBreaker = copy.CircuitBreaker?.CopyValidated();
        RequirePositive(copy.HeadersTimeout, nameof(HeadersTimeout));
        RequirePositive(copy.ConnectTimeout, nameof(ConnectTimeout));
        RequireNotNegative(copy.RetryBudget is null or >= 0, nameof(RetryBudget), copy.RetryBudget ?? 0);
        RequireCountable(copy.HeadersTimeout, nameof(HeadersTimeout), "use Timeout.InfiniteTimeSpan for none");
        RequireCountable(copy.ConnectTimeout, nameof(ConnectTimeout), "use Timeout.InfiniteTimeSpan for none");
        RequireCountable(copy.RequestTimeout, nameof(RequestTimeout), "use Timeout.InfiniteTimeSpan for none");
        RequireCountable(copy.StreamIdleTimeout, nameof(StreamIdleTimeout), "use Timeout.InfiniteTimeSpan for none");
        RequireCountable(copy.RetryBaseDelay, nameof(RetryBaseDelay), "use a shorter one");
        RequireCountable(copy.MaxRetryDelay, nameof(MaxRetryDelay), "use a shorter one");
        return copy;
    }

    private static void RequireNotNull(object? value, string name)
    {
        if (value is null)
        {
            throw new ArgumentException($"{name} is null. Leave it at its default instead.");
        }
    }

    private static void RequirePositive(TimeSpan value, string name)
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

    private static void RequireNotNegative(bool holds, string name, object value)
    {
        if (!holds)
        {
            throw new ArgumentException($"{name} is {value}. It cannot be negative.");
        }
    }
}
