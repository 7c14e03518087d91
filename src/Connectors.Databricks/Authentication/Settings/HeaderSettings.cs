using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Authentication.Settings;

/// <summary>
/// Validates settings that are sent as request headers before any request: a line break in one would start another header or request.
/// </summary>
internal static class HeaderSettings
{
    /// <exception cref="ArgumentException">A value of code is not a header value.</exception>
    /// <exception cref="DatabricksCredentialException">Another value is none; the message names its source.</exception>
    public static void Check(ResolvedSettings settings)
    {
        foreach (var setting in SettingTable.All.Where(setting => setting.Header is not null && settings[setting] is not null))
        {
            try
            {
                RequestHeader.Create(setting.Header!, settings[setting]!, settings.Origin(setting));
            }
            catch (DatabricksCredentialException exception)
            {
                if (IsOfCode(setting, settings))
                {
                    throw new ArgumentException(exception.Message);
                }

                throw CredentialExceptions.Unresolved(exception.Failure, exception.Message, settings);
            }
        }
    }

    private static bool IsOfCode(Setting setting, ResolvedSettings settings) =>
        settings.Source(settings.Source(setting) == SettingSource.HostQuery ? SettingTable.Host : setting) == SettingSource.Code;
}
