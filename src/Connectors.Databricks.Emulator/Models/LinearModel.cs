namespace Connectors.Databricks.Emulator.Models;

/// <summary>The coefficients of one version of the linear model: intercept + tenure × … + monthly_charges × ….</summary>
internal sealed record LinearModel(double Intercept, double Tenure, double MonthlyCharges)
{
    /// <summary>The columns, in the order of the signature; each is a <c>double</c>.</summary>
    public static readonly string[] Columns = ["tenure", "monthly_charges"];

    public static readonly LinearModel First = new(0.5, -0.01, 0.004);

    /// <summary>Unlike the first on every row but the empty one, so that a split shows in the predictions.</summary>
    public static readonly LinearModel Second = new(0.6, -0.02, 0.005);
}
