using System.Globalization;
using Connectors.Databricks.Authentication.Settings;
using Microsoft.Extensions.Configuration;

namespace Connectors.Databricks.Hosting;

/// <summary>
/// Reads the options of a configuration section by a table, without reflection. A key that is no option, or a value that cannot be read,
/// is an error: a misspelled key would otherwise silently leave the default.
/// </summary>
internal static class OptionsFromConfiguration
{
    private const string AuthenticationKey = nameof(DatabricksServingOptions.Authentication);

    private static readonly Dictionary<string, Action<DatabricksServingOptions, string>> Serving = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(DatabricksServingOptions.Host)] = (options, text) => options.Host = new Uri(text, UriKind.RelativeOrAbsolute),
        [nameof(DatabricksServingOptions.UseRouteOptimization)] = (options, text) => options.UseRouteOptimization = Flagged(text),
        [nameof(DatabricksServingOptions.Gateway)] = (options, text) => options.Gateway = OneOf<DatabricksGatewayMode>(text),
        [nameof(DatabricksServingOptions.ApplicationName)] = (options, text) => options.ApplicationName = text,
        [nameof(DatabricksServingOptions.StreamIdleTimeout)] = (options, text) => options.StreamIdleTimeout = Time(text),
        [nameof(DatabricksServingOptions.ConnectTimeout)] = (options, text) => options.ConnectTimeout = Time(text),
    };

    private static readonly Dictionary<string, Action<DatabricksChatOptions, string>> Chat = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(DatabricksChatOptions.Api)] = (options, text) => options.Api = OneOf<DatabricksChatApi>(text),
        [nameof(DatabricksChatOptions.IncludeUsageInStreams)] = (options, text) => options.IncludeUsageInStreams = Flagged(text),
        [nameof(DatabricksChatOptions.IncludeRawUpdates)] = (options, text) => options.IncludeRawUpdates = Flagged(text),
        [nameof(DatabricksChatOptions.ShapeRequests)] = (options, text) => options.ShapeRequests = Flagged(text),
        [nameof(DatabricksChatOptions.CorrectRejectedParameters)] = (options, text) => options.CorrectRejectedParameters = Flagged(text),
        [nameof(DatabricksChatOptions.CorrectionLifetime)] = (options, text) => options.CorrectionLifetime = Time(text),
        [nameof(DatabricksChatOptions.LookUpServedEntities)] = (options, text) => options.LookUpServedEntities = Flagged(text),
        [nameof(DatabricksChatOptions.CachePrompts)] = (options, text) => options.CachePrompts = Flagged(text),
        [nameof(DatabricksChatOptions.ThrowOnServicePolicyDenial)] = (options, text) => options.ThrowOnServicePolicyDenial = Flagged(text),
        [nameof(DatabricksChatOptions.ReplaceUnsupportedMedia)] = (options, text) => options.ReplaceUnsupportedMedia = Flagged(text),
    };

    private static readonly Dictionary<string, Action<DatabricksAuthenticationOptions, string>> Login = new(
        StringComparer.OrdinalIgnoreCase)
    {
        [nameof(DatabricksAuthenticationOptions.Profile)] = (options, text) => options.Profile = text,
        [nameof(DatabricksAuthenticationOptions.ConfigFile)] = (options, text) => options.ConfigFile = text,
        [nameof(DatabricksAuthenticationOptions.AuthType)] = (options, text) => options.AuthType = text,
        [nameof(DatabricksAuthenticationOptions.AccountId)] = (options, text) => options.AccountId = text,
        [nameof(DatabricksAuthenticationOptions.WorkspaceId)] = (options, text) => options.WorkspaceId = text,
        [nameof(DatabricksAuthenticationOptions.Cloud)] = (options, text) => options.Cloud = text,
        [nameof(DatabricksAuthenticationOptions.Token)] = (options, text) => options.Token = text,
        [nameof(DatabricksAuthenticationOptions.Username)] = (options, text) => options.Username = text,
        [nameof(DatabricksAuthenticationOptions.Password)] = (options, text) => options.Password = text,
        [nameof(DatabricksAuthenticationOptions.ClientId)] = (options, text) => options.ClientId = text,
        [nameof(DatabricksAuthenticationOptions.ClientSecret)] = (options, text) => options.ClientSecret = text,
        [nameof(DatabricksAuthenticationOptions.Scopes)] = (options, text) => options.Scopes = text.Split(','),
        [nameof(DatabricksAuthenticationOptions.DiscoveryUrl)] = (options, text) => options.DiscoveryUrl = text,
        [nameof(DatabricksAuthenticationOptions.TokenAudience)] = (options, text) => options.TokenAudience = text,
        [nameof(DatabricksAuthenticationOptions.OidcTokenEnv)] = (options, text) => options.OidcTokenEnv = text,
        [nameof(DatabricksAuthenticationOptions.OidcTokenFilePath)] = (options, text) => options.OidcTokenFilePath = text,
        [nameof(DatabricksAuthenticationOptions.DatabricksCliPath)] = (options, text) => options.DatabricksCliPath = text,
        [nameof(DatabricksAuthenticationOptions.MetadataServiceUrl)] = (options, text) => options.MetadataServiceUrl = text,
        [nameof(DatabricksAuthenticationOptions.AzureWorkspaceResourceId)] = (options, text) => options.AzureWorkspaceResourceId = text,
        [nameof(DatabricksAuthenticationOptions.AzureClientId)] = (options, text) => options.AzureClientId = text,
        [nameof(DatabricksAuthenticationOptions.AzureClientSecret)] = (options, text) => options.AzureClientSecret = text,
        [nameof(DatabricksAuthenticationOptions.AzureTenantId)] = (options, text) => options.AzureTenantId = text,
        [nameof(DatabricksAuthenticationOptions.AzureUseMsi)] = (options, text) => options.AzureUseMsi = Flagged(text),
        [nameof(DatabricksAuthenticationOptions.AzureEnvironment)] = (options, text) => options.AzureEnvironment = text,
        [nameof(DatabricksAuthenticationOptions.AzureManagementToken)] = (options, text) => options.AzureManagementToken = Flagged(text),
        [nameof(DatabricksAuthenticationOptions.RefreshTokensInBackground)] = (options, text) =>
            options.RefreshTokensInBackground = Flagged(text),
    };

    private static readonly Dictionary<string, Action<DatabricksAuthorizationDetail, string>> Detail = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(DatabricksAuthorizationDetail.Type)] = (detail, text) => detail.Type = text,
        [nameof(DatabricksAuthorizationDetail.ObjectType)] = (detail, text) => detail.ObjectType = text,
        [nameof(DatabricksAuthorizationDetail.ObjectPath)] = (detail, text) => detail.ObjectPath = text,
        [nameof(DatabricksAuthorizationDetail.Actions)] = (detail, text) => detail.Actions = text.Split(','),
    };

    private static readonly Dictionary<string, Action<DatabricksServingOptions, IConfigurationSection>> Groups = new(
        StringComparer.OrdinalIgnoreCase)
    {
        [nameof(DatabricksServingOptions.Resilience)] = (options, section) => ResilienceFromConfiguration.Read(section, options.Resilience),
        [nameof(DatabricksServingOptions.ResponseLimits)] = (options, section) =>
            LimitsFromConfiguration.Read(section, options.ResponseLimits),
        [nameof(DatabricksServingOptions.Chat)] = (options, section) =>
        {
            RequireSection(section, Chat.Keys);
            Read(section, options.Chat);
        },
        [AuthenticationKey] = (options, section) => ReadLogin(section, options.Authentication),
    };

    /// <exception cref="ArgumentException">
    /// A key is not an option, or its value cannot be parsed; the message contains the full path of the key.
    /// </exception>
    public static void Read(IConfiguration configuration, DatabricksServingOptions options)
    {
        foreach (var section in configuration.GetChildren())
        {
            if (Groups.TryGetValue(section.Key, out var read))
            {
                read(options, section);
            }
            else if (Login.ContainsKey(section.Key)
                || section.Key.Equals(nameof(DatabricksAuthenticationOptions.AuthorizationDetails), StringComparison.OrdinalIgnoreCase))
            {
                throw new ArgumentException(
                    $"Configuration '{section.Path}' is no option here: it belongs one level deeper, in " +
                    $"'{AuthenticationKey}:{section.Key}'.");
            }
            else
            {
                Set(section, Serving, [.. Serving.Keys, .. Groups.Keys], options);
            }
        }
    }

    /// <inheritdoc cref="Read(IConfiguration, DatabricksServingOptions)"/>
    public static void Read(IConfiguration configuration, DatabricksChatOptions options)
    {
        const string tags = nameof(DatabricksChatOptions.RequestTags);
        foreach (var section in configuration.GetChildren())
        {
            if (section.Key.Equals(tags, StringComparison.OrdinalIgnoreCase))
            {
                options.RequestTags = section.GetChildren().ToDictionary(tag => tag.Key, tag => tag.Value ?? string.Empty);
            }
            else
            {
                Set(section, Chat, [.. Chat.Keys, tags], options);
            }
        }
    }

    private static void ReadLogin(IConfigurationSection section, DatabricksAuthenticationOptions options)
    {
        const string key = nameof(DatabricksAuthenticationOptions.AuthorizationDetails);
        var details = section.GetSection(key);
        if (!string.IsNullOrEmpty(details.Value))
        {
            throw new ArgumentException(
                $"Configuration '{details.Path}' is a list of sections, not a value. Their keys: {string.Join(", ", Detail.Keys)}.");
        }

        var list = details.GetChildren().ToList();
        if (list.Count > 0)
        {
            options.AuthorizationDetails = [.. list.Select(ReadDetail)];
        }

        ReadGroup(section, Login, options, except: key);
    }

    private static DatabricksAuthorizationDetail ReadDetail(IConfigurationSection section)
    {
        var detail = new DatabricksAuthorizationDetail();
        ReadGroup(section, Detail, detail);
        return detail;
    }

    /// <summary>Reads a section whose keys are those of a table.</summary>
    public static void ReadGroup<T>(
        IConfigurationSection section, Dictionary<string, Action<T, string>> table, T options, string? except = null)
    {
        RequireSection(section, table.Keys);
        foreach (var setting in section.GetChildren().Where(child => !child.Key.Equals(except, StringComparison.OrdinalIgnoreCase)))
        {
            Set(setting, table, except is null ? table.Keys : [.. table.Keys, except], options);
        }
    }

    /// <exception cref="FormatException">The text names none of the values.</exception>
    public static T OneOf<T>(string text)
        where T : struct, Enum => Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value)
        ? value
        : throw new FormatException($"is none of {string.Join(", ", Enum.GetNames<T>())}.");

    /// <exception cref="ArgumentException">The section is a value.</exception>
    public static void RequireSection(IConfigurationSection section, IEnumerable<string> keys)
    {
        if (!string.IsNullOrEmpty(section.Value))
        {
            throw new ArgumentException($"Configuration '{section.Path}' is a section, not a value. Its keys: {string.Join(", ", keys)}.");
        }
    }

    /// <summary>Reads one value; an empty one leaves the option unset.</summary>
    public static void Set<T>(
        IConfigurationSection section, Dictionary<string, Action<T, string>> table, IEnumerable<string> known, T options)
    {
        if (!table.TryGetValue(section.Key, out var set))
        {
            throw new ArgumentException($"Configuration '{section.Path}' is no option. The known ones: {string.Join(", ", known)}.");
        }

        var text = section.Value ?? string.Join(',', section.GetChildren().Select(item => item.Value));
        if (text.Length == 0)
        {
            return;
        }

        try
        {
            set(options, text);
        }
        catch (FormatException exception)
        {
            // The value is not quoted: it may be a secret under the wrong key.
            throw new ArgumentException($"Configuration '{section.Path}' {exception.Message}");
        }
    }

    /// <summary>
    /// Requires hours, minutes and seconds: .NET parses "30" as days, "5:00" as hours and "24:00:00" as 24 days.
    /// </summary>
    public static TimeSpan Time(string text) =>
        text.Count(letter => letter == ':') == 2 && TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var time)
        ? time
        : throw new FormatException("is not a time. Write it as hours:minutes:seconds, such as 00:10:00.");

    public static int Whole(string text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new FormatException("is not a whole number.");

    public static long Long(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new FormatException("is not a whole number.");

    public static double Number(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new FormatException("is not a number. Write it as 0.5.");

    public static bool Flagged(string text) => Flag.Parse(text) ?? throw new FormatException("is neither true nor false.");
}
