using DiscreetDb.Network.Lab;

// One machine of a lab, started by the tests inside a network namespace: the role, then its arguments. Two roles are for people:
// churn MINUTES opens and closes connections and says what they leave behind, measure says how fast they are.
return args switch
{
    ["discover", var self, var other, var port] => await Roles.DiscoverAsync(byte.Parse(self), byte.Parse(other), int.Parse(port)),
    ["listen", var self, var other, var port] => await Roles.ListenAsync(byte.Parse(self), byte.Parse(other), int.Parse(port)),
    ["dial", var self, var other, var size, .. var addresses] => await Roles.DialAsync(byte.Parse(self), byte.Parse(other), int.Parse(size), addresses),
    ["overhear", var count] => await Roles.OverhearAsync(int.Parse(count)),
    ["churn", var minutes] => await Loopback.ChurnAsync(double.Parse(minutes, System.Globalization.CultureInfo.InvariantCulture)),
    ["measure"] => await Loopback.MeasureAsync(),
    _ => Roles.Usage(),
};
